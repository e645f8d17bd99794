//! Announcing that the answer takes longer.

use chrono::NaiveDate;

use crate::calendar::{long_date, parse_typed_date, plain_date};
use crate::case::ActError;
use crate::case::outside::{NewHoldingLetter, Reason, write_holding_letter};
use crate::case::templates::TemplateKind;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::outside::{Reading, due_on, telling};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// A holding letter: it informs, and moves no date.
pub(in crate::web::staff::cases::acts) struct Hold;

impl CaseAct for Hold {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/lettre-d-attente",
        label: "Envoyer une lettre d’attente",
        button: "Envoyer la lettre d’attente",
        done: "La lettre d’attente est enregistrée et part dès que possible. Aucune date légale n’a changé.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| scene.loaded.dossier.case.status.is_open(),
        is_previewed: false,
    };

    fn template(_: &Typed) -> Option<(TemplateKind, &'static str)> {
        Some((TemplateKind::HoldingLetter, "motif"))
    }

    fn form(typed: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "La lettre dit pourquoi la réponse demande plus de temps et pour quand vous l’espérez. Le jour annoncé devient un suivi interne.",
        );
        let form = match &scene.loaded.beside.holding_letter {
            Some(last) => form.effect(format!(
                "Une lettre d’attente, la n°\u{a0}{}, annonce déjà une réponse pour le {}\u{202f}: celle-ci dira qu’elle est la n°\u{a0}{}.",
                last.rank,
                plain_date(last.announced_on),
                last.rank.saturating_add(1)
            )),
            None => form,
        };
        let form = telling(form, scene)
            .field(
                Field::area("motif", "Pourquoi la réponse demande plus de temps", 5)
                    .hint("La personne le lira. 2\u{202f}000\u{a0}caractères au plus."),
            )
            .field(Field::date("annonce", "Réponse annoncée pour le"));
        match past_due(typed, due_on(&scene.loaded.dossier)) {
            Some(due_on) => form.field(Field::checks(
                "confirme",
                "Le jour annoncé dépasse la date due",
                vec![Choice::new(
                    "oui",
                    format!(
                        "La réponse reste due le {}\u{202f}: passé ce jour, le dossier sera en retard.",
                        long_date(due_on)
                    ),
                )],
            )),
            None => form,
        }
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let reason = reading.text("motif", "le motif", Reason::parse);
        let announced_on = reading.day("annonce", BAD_DAY);
        let (reason, announced_on) = reading.end(reason.zip(announced_on))?;
        let new = NewHoldingLetter {
            reason,
            announced_on,
        };
        let mut conn = desk.conn().await?;
        if typed.of("confirme").is_empty() {
            let loaded = desk.load(&mut conn).await?;
            if past_due(typed, due_on(&loaded.dossier)).is_some() {
                return Err(Refused::at("confirme", CONFIRM));
            }
        }
        let office = &desk.state.office;
        match write_holding_letter(&mut conn, office, desk.seen, &new, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("annonce", BAD_DAY)),
            done => Ok(done?),
        }
    }
}

/// The day the answer is due, when the one typed is past it.
fn past_due(typed: &Typed, due_on: Option<NaiveDate>) -> Option<NaiveDate> {
    let announced_on = parse_typed_date(typed.of("annonce")).ok()?;
    due_on.filter(|due_on| *due_on < announced_on)
}

const BAD_DAY: &str = "Indiquez un jour à partir d’aujourd’hui, dans l’année qui vient.";
const CONFIRM: &str =
    "Confirmez que vous annoncez un jour après la date due, ou annoncez-en un plus proche.";
