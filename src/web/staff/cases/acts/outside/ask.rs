//! Asking the person for something, reminding them of it once, and waiting no more.

use chrono::Days;

use crate::calendar::{long_date, plain_date};
use crate::case::ActError;
use crate::case::outside::{Asked, NewAsk, Note, What, ask, remind, stop_waiting};
use crate::case::templates::TemplateKind;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::outside::{Reading, telling, typed_day};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Days that the form proposes to the person.
const PROPOSED_DAYS: Days = Days::new(15);

fn asked<'a>(scene: &'a Scene<'_>) -> Option<&'a Asked> {
    let is_open = scene.loaded.dossier.case.status.is_open();
    scene.loaded.beside.asked.as_ref().filter(|_| is_open)
}

/// What is asked already, in words.
fn said(asked: &Asked) -> String {
    format!(
        "«\u{202f}{}\u{202f}», attendu le {}",
        asked.what.as_deref().unwrap_or_default(),
        plain_date(asked.expected_on)
    )
}

/// Asking for something.
pub(in crate::web::staff::cases::acts) struct Ask;

impl CaseAct for Ask {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/demande-a-la-personne",
        label: "Demander un élément à la personne",
        button: "Demander cet élément",
        done: "La demande est enregistrée et part dès que possible. Les délais courent toujours.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| scene.loaded.dossier.case.status.is_open(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let day = scene.state.today().checked_add_days(PROPOSED_DAYS);
        Typed::default().with("attendu", day.map(typed_day).unwrap_or_default())
    }

    fn template(_: &Typed) -> Option<(TemplateKind, &'static str)> {
        Some((TemplateKind::Ask, "precisions"))
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "La personne est invitée à envoyer ce qui manque. Le dossier passe «\u{202f}En attente du réclamant\u{202f}» jusqu’à ce qu’elle écrive.",
        );
        let form = match asked(scene) {
            Some(asked) => form.effect(format!(
                "Cette demande remplace celle-ci\u{202f}: {}.",
                said(asked)
            )),
            None => form,
        };
        telling(form, scene)
            .field(
                Field::area("quoi", "Ce que nous attendons", 4)
                    .hint("Un élément précis\u{202f}: la personne lira ce texte. 2\u{202f}000\u{a0}caractères au plus."),
            )
            .field(
                Field::area("precisions", "Pourquoi, et comment l’envoyer", 4)
                    .hint("La personne le lira. 5\u{202f}000\u{a0}caractères au plus.")
                    .optional(),
            )
            .field(Field::date("attendu", "Attendu pour le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let what = reading.text("quoi", "ce que nous attendons", What::parse);
        let note = reading.text("precisions", "les précisions", Note::optional);
        let expected_on = reading.day("attendu", BAD_DAY);
        let new = what.zip(note).zip(expected_on);
        let ((what, note), expected_on) = reading.end(new)?;
        let new = NewAsk {
            what,
            note,
            expected_on,
        };
        let mut conn = desk.conn().await?;
        match ask(&mut conn, &desk.state.office, desk.seen, &new, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("attendu", BAD_DAY)),
            done => Ok(done?),
        }
    }
}

const BAD_DAY: &str = "Indiquez un jour à partir d’aujourd’hui, dans l’année qui vient.";

/// Reminding the person.
pub(in crate::web::staff::cases::acts) struct Remind;

impl CaseAct for Remind {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/rappel",
        label: "Rappeler à la personne ce que nous attendons",
        button: "Envoyer le rappel",
        done: "Le rappel est enregistré et part dès que possible. Il n’y en aura pas d’autre.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| asked(scene).is_some_and(|asked| asked.may_remind(scene.state.today())),
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new("Un seul rappel est possible, à partir du jour attendu.");
        let form = match asked(scene) {
            Some(asked) => form.effect(format!("Le rappel porte sur {}.", said(asked))),
            None => form,
        };
        telling(form, scene)
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        Ok(remind(&mut conn, office, desk.seen, desk.by()).await?)
    }
}

/// Waiting no more.
pub(in crate::web::staff::cases::acts) struct StopWaiting;

impl CaseAct for StopWaiting {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/fin-de-l-attente",
        label: "Ne plus attendre la personne",
        button: "Ne plus attendre",
        done: "Le dossier n’attend plus la personne.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| asked(scene).is_some(),
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "Quand l’élément est arrivé autrement, ou qu’il n’est plus utile. La personne n’est pas prévenue\u{202f}: sa page cesse de le demander.",
        );
        match asked(scene) {
            Some(asked) => form.effect(format!(
                "Demandé le {}\u{202f}: {}.",
                long_date(asked.asked_on),
                said(asked)
            )),
            None => form,
        }
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut conn = desk.conn().await?;
        Ok(stop_waiting(&mut conn, desk.seen, desk.by()).await?)
    }
}
