//! A complaint that was only said is confirmed in writing.

use chrono::NaiveDate;

use crate::calendar::{LegalDates, Start, long_date, parse_typed_date};
use crate::case::{ActError, oral};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Effect, Group, Refused, Scene, Typed,
};
use crate::web::staff::cases::desk::Desk;

/// From that writing on, the clocks run.
pub(super) struct ConfirmOral;

impl CaseAct for ConfirmOral {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/confirmation-ecrite",
        label: "Noter la confirmation par écrit",
        button: "Noter la confirmation",
        done: "La confirmation est notée\u{202f}: les délais légaux courent depuis cet écrit.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |scene| oral::is_only_said(&scene.loaded.dossier),
        is_previewed: true,
    };

    fn form(typed: &Typed, _: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "La personne a confirmé par écrit ce qu’elle avait dit. Les délais légaux partent de cet \
             écrit.",
        )
        .field(
            Field::date("envoye", "Envoyé le")
                .hint("Cachet de la poste ou date du courriel. Par exemple\u{202f}: 30/04/2026."),
        )
        .field(Field::date("recu", "Reçu le"));
        let start = read(typed, "envoye").zip(read(typed, "recu"));
        match start.map(|(written, received)| Start::new(written, received)) {
            Some(Ok(start)) => with_dates(form, start),
            Some(Err(_)) | None => {
                form.effect("Un accusé de réception sera dû, puis une réponse motivée.")
            }
        }
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let start = start(typed)?;
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        match oral::confirm(&mut conn, office, desk.seen, start, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("recu", FUTURE)),
            done => Ok(done?),
        }
    }
}

fn with_dates(form: ActForm, start: Start) -> ActForm {
    let dates = LegalDates::compute(start);
    let mut form = form.effect(
        "L’accusé de réception part aussitôt par courriel, ou une tâche d’envoi par courrier est créée.",
    );
    form.effects.push(Effect {
        words: format!(
            "Accusé de réception dû au plus tard le {}.",
            long_date(dates.ack_due.date)
        ),
        why: dates.ack_due.explanation.sentences(),
    });
    form.effects.push(Effect {
        words: format!(
            "Réponse motivée due au plus tard le {}.",
            long_date(dates.answer_due.date)
        ),
        why: dates.answer_due.explanation.sentences(),
    });
    form
}

fn read(typed: &Typed, field: &str) -> Option<NaiveDate> {
    parse_typed_date(typed.of(field)).ok()
}

fn start(typed: &Typed) -> Result<Start, Refused> {
    let mut errors = FormErrors::default();
    let (written, received) = (read(typed, "envoye"), read(typed, "recu"));
    for (field, date) in [("envoye", written), ("recu", received)] {
        if date.is_none() {
            errors.push(field, "Indiquez une date, par exemple 15/05/2026.");
        }
    }
    let Some((written, received)) = written.zip(received) else {
        return Err(Refused::Fields(errors));
    };
    Start::new(written, received).map_err(|_written_later| Refused::at("recu", BEFORE))
}

const BEFORE: &str =
    "Vérifiez les deux dates\u{202f}: un écrit ne peut pas être reçu avant d’avoir été envoyé.";
const FUTURE: &str = "Indiquez une date passée ou celle d’aujourd’hui.";
