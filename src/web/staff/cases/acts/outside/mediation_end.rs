//! The mediator's opinion, and what follows from it.

use crate::calendar::long_date;
use crate::case::ActError;
use crate::case::outside::{
    Grounds, Issue, MediationRow, NewOpinion, Summary, followed_up, opinion,
};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::outside::{Reading, telling, typed_day};
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// The opinion, or the end of the mediation without one.
pub(in crate::web::staff::cases::acts) struct NoteOpinion;

impl CaseAct for NoteOpinion {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/mediation-avis",
        label: "Noter l’avis du médiateur",
        button: "Noter l’avis",
        done: "L’avis du médiateur est noté.",
        right: Right::WorkCases,
        group: Some(Group::Outside),
        suits: |scene| {
            let last = scene.loaded.beside.mediation.as_ref();
            last.is_some_and(MediationRow::is_open)
        },
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        Typed::default().with("date", typed_day(scene.state.today()))
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let choices = vec![
            Choice::new(Issue::Followed.code(), "Nous suivons l’avis"),
            Choice::new(Issue::NotFollowed.code(), "Nous ne suivons pas l’avis")
                .so("Dites pourquoi à la personne."),
            Choice::new(Issue::NoOpinion.code(), "Il n’y a pas d’avis")
                .so("Demande irrecevable, abandonnée ou réglée autrement\u{202f}: la personne n’est pas prévenue."),
        ];
        let form = ActForm::new(
            "La personne reçoit l’avis du médiateur lui-même\u{202f}; nous lui disons ce que nous en faisons.",
        );
        telling(form, scene)
            .field(Field::date("date", "Rendu le"))
            .field(
                Field::area("avis", "L’avis, en résumé", 8)
                    .hint("Pour nous\u{202f}: la personne ne le lira pas. 5\u{202f}000\u{a0}caractères au plus."),
            )
            .field(Field::radios("suite", "Ce que nous en faisons", choices))
            .field(
                Field::area("motif", "Comment, ou pourquoi", 4)
                    .hint("La personne le lira. À remplir si nous ne suivons pas l’avis. 2\u{202f}000\u{a0}caractères au plus.")
                    .optional(),
            )
            .field(
                Field::date("echeance", "À faire au plus tard le")
                    .hint("Si nous le suivons et qu’il demande quelque chose\u{202f}: un suivi interne, annoncé à la personne.")
                    .optional(),
            )
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let new = read(typed)?;
        let mut conn = desk.conn().await?;
        match opinion(&mut conn, &desk.state.office, desk.seen, &new, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_DAYS)),
            done => Ok(done?),
        }
    }
}

fn read(typed: &Typed) -> Result<NewOpinion, Refused> {
    let mut reading = Reading::of(typed);
    let given_on = reading.day("date", BAD_DAY);
    let summary = reading.text("avis", "ce que dit l’avis", Summary::parse);
    let issue = reading.choice(
        "suite",
        "Choisissez ce que nous en faisons.",
        Issue::from_code,
    );
    let grounds = if issue == Some(Issue::NotFollowed) {
        let grounds = reading.text(
            "motif",
            "pourquoi nous ne suivons pas l’avis",
            Grounds::parse,
        );
        grounds.map(Some)
    } else {
        reading.text("motif", "le motif", Grounds::optional)
    };
    let follow_up_on = reading.optional_day("echeance", BAD_DAY);
    let read = given_on.zip(summary).zip(issue.zip(grounds));
    let ((given_on, summary), (issue, grounds)) = reading.end(read)?;
    Ok(NewOpinion {
        given_on,
        summary,
        issue,
        grounds,
        follow_up_on,
    })
}

const BAD_DAY: &str = "Indiquez le jour, par exemple 15/05/2026.";
const BAD_DAYS: &str = "Indiquez un avis rendu entre le jour où nous avons appris la saisine et aujourd’hui, et une échéance à venir, dans l’année.";

/// What the opinion asked of us is done.
pub(in crate::web::staff::cases::acts) struct FollowUp;

impl CaseAct for FollowUp {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/mediation-suites",
        label: "Noter que les suites de l’avis sont faites",
        button: "Noter que c’est fait",
        done: "Les suites de l’avis sont notées comme faites.",
        right: Right::WorkCases,
        group: Some(Group::Outside),
        suits: |scene| {
            let last = scene.loaded.beside.mediation.as_ref();
            last.is_some_and(MediationRow::awaits_follow_up)
        },
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        Typed::default().with("date", typed_day(scene.state.today()))
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let last = scene.loaded.beside.mediation.as_ref();
        let form = ActForm::new("Ce que l’avis demandait, une fois fait.");
        let form = match last.and_then(|last| last.follow_up_on) {
            Some(day) => form.effect(format!("Annoncé à la personne pour le {}.", long_date(day))),
            None => form,
        };
        form.field(Field::date("date", "Fait le"))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut reading = Reading::of(typed);
        let on = reading.day("date", BAD_DAY);
        let on = reading.end(on)?;
        let mut conn = desk.conn().await?;
        match followed_up(&mut conn, desk.seen, on, desk.by()).await {
            Err(ActError::BadDate) => Err(Refused::at("date", BAD_FOLLOW_UP)),
            done => Ok(done?),
        }
    }
}

const BAD_FOLLOW_UP: &str = "Indiquez un jour entre l’avis et aujourd’hui.";
