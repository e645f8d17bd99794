//! A request is a complaint.

use crate::calendar::long_date;
use crate::case::requalification::{Grounds, Motive, convert_by_staff};
use crate::case::{Nature, Status};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// At once, with its original date.
pub(super) struct Convert;

impl CaseAct for Convert {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/reclamation",
        label: "En faire une réclamation",
        button: "En faire une réclamation",
        done: "La demande est maintenant une réclamation, avec sa date d’origine.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |scene| {
            let case = &scene.loaded.dossier.case;
            case.nature == Nature::InformationRequest && case.status != Status::Withdrawn
        },
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let dates = scene.loaded.dossier.dates_as_complaint();
        ActForm::new("La demande garde sa date d’origine\u{202f}: les délais légaux comptent depuis ce jour-là.")
            .effect("Un accusé de réception part aussitôt\u{202f}: la personne en est avertie.")
            .effect(format!(
                "Accusé de réception dû au plus tard le {}.",
                long_date(dates.ack_due.date)
            ))
            .effect(format!(
                "Réponse motivée due au plus tard le {}.",
                long_date(dates.answer_due.date)
            ))
            .field(Field::motive().hint("La personne le lira. 2\u{202f}000\u{a0}caractères au plus."))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let motive = motive(typed)?;
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        Ok(convert_by_staff(
            &mut conn,
            office,
            desk.seen,
            Grounds::of(&motive),
            desk.by(),
        )
        .await?)
    }
}

/// Why, as the person will read it.
pub(super) fn motive(typed: &Typed) -> Result<Motive, Refused> {
    Motive::parse(typed.of("motif"))
        .map_err(|error| Refused::at("motif", text_message(error, "le motif")))
}
