//! The mediator comes in, and our documents leave for them.

use crate::calendar::{long_date, mediation_documents_due, parse_typed_date};
use crate::case::ActError;
use crate::case::outside::{NewReferral, Number, ReferredBy, documents_sent, refer};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::outside::{Reading, telling, typed_day};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// A referral to the mediator.
pub(in crate::web::staff::cases::acts) struct Refer;

impl CaseAct for Refer {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/mediation",
        label: "Noter une saisine du médiateur",
        button: "Noter la saisine",
        done: "La saisine du médiateur est notée et la personne est prévenue.",
        right: Right::WorkCases,
        group: Some(Group::Outside),
        suits: |scene| {
            let last = scene.loaded.beside.mediation.as_ref();
            last.is_none_or(|last| !last.is_open() && !last.awaits_follow_up())
        },
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        Typed::default().with("connue", typed_day(scene.state.today()))
    }

    fn form(typed: &Typed, scene: &Scene<'_>) -> ActForm {
        let known_on = parse_typed_date(typed.of("connue"));
        let due_on = mediation_documents_due(known_on.unwrap_or_else(|_| scene.state.today()));
        let choices = [
            (ReferredBy::Person, "La personne"),
            (ReferredBy::Representative, "Quelqu’un en son nom"),
            (ReferredBy::Firm, "Asekkey"),
        ]
        .map(|(by, caption)| Choice::new(by.code(), caption));
        let form = ActForm::new(
            "Dans tous les états du dossier, même clos. La page de la personne dit «\u{202f}Transmise au médiateur\u{202f}».",
        )
        .effect(format!(
            "Nos documents sont à envoyer au médiateur dans les cinq semaines, au plus tard le {}.",
            long_date(due_on)
        ));
        telling(form, scene)
            .field(Field::radios("par", "Saisi par", choices.to_vec()))
            .field(Field::date("date", "Saisi le"))
            .field(
                Field::date("connue", "Nous l’avons appris le").hint(
                    "Les cinq semaines comptent de ce jour. Par exemple\u{202f}: 30/04/2026.",
                ),
            )
            .field(Field::line("numero", "Numéro du médiateur").optional())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let by = reading.choice(
            "par",
            "Choisissez qui a saisi le médiateur.",
            ReferredBy::from_code,
        );
        let referred_on = reading.day("date", BAD_DAY);
        let known_on = reading.day("connue", BAD_DAY);
        let number = reading.text("numero", "le numéro", Number::optional);
        let ((by, referred_on), (known_on, number)) =
            reading.end(by.zip(referred_on).zip(known_on.zip(number)))?;
        let new = NewReferral {
            by,
            referred_on,
            known_on,
            number,
        };
        let mut conn = desk.conn().await?;
        match refer(&mut conn, &desk.state.office, desk.seen, &new, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DAYS)),
            done => Ok(done?),
        }
    }
}

const BAD_DAY: &str = "Indiquez le jour, par exemple 15/05/2026.";
const BAD_DAYS: &str = "Mettez ces jours dans l’ordre\u{202f}: réception du dossier, saisine, jour où nous l’avons appris, aujourd’hui au plus tard.";

/// Our documents left for the mediator.
pub(in crate::web::staff::cases::acts) struct SendDocuments;

impl CaseAct for SendDocuments {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/mediation-documents",
        label: "Noter l’envoi de nos documents au médiateur",
        button: "Noter l’envoi",
        done: "L’envoi des documents au médiateur est noté.",
        right: Right::WorkCases,
        group: Some(Group::Outside),
        suits: |scene| {
            let last = scene.loaded.beside.mediation.as_ref();
            last.is_some_and(|last| last.documents_sent_on.is_none())
        },
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        Typed::default().with("date", typed_day(scene.state.today()))
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form =
            ActForm::new("La réclamation, notre réponse, le contrat et les documents utiles.");
        let form = match &scene.loaded.beside.mediation {
            Some(last) => form.effect(format!(
                "À envoyer au plus tard le {}.",
                long_date(last.documents_due_on)
            )),
            None => form,
        };
        form.field(Field::date("date", "Envoyés le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let on = reading.day("date", BAD_DAY);
        let on = reading.end(on)?;
        let mut conn = desk.conn().await?;
        match documents_sent(&mut conn, desk.seen, on, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_SENDING)),
            done => Ok(done?),
        }
    }
}

const BAD_SENDING: &str =
    "Indiquez un jour entre celui où nous avons appris la saisine et aujourd’hui.";
