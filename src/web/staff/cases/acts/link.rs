//! Two cases belong together; or no longer.

use crate::case::persons::{self, Person, Resembling};
use crate::case::sight::{self, Unseen};
use crate::case::{self, ActError, CaseId, Reference};
use crate::db::Conn;
use crate::staff::Right;
use crate::web::AppError;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::words;

/// Most cases suggested.
const MOST_SUGGESTED: i64 = 5;
/// None of them: the one whose reference is written.
const ELSEWHERE: &str = "autre";

/// Links them.
pub(super) struct Link;

impl CaseAct for Link {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/rattachement",
        label: "Rattacher à un autre dossier",
        button: "Rattacher",
        done: "Les deux dossiers sont rattachés.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |_| true,
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Pour deux dossiers de la même personne ou de la même cause. Chacun mène à l’autre.",
        )
        .effect("Chacun garde son histoire, ses délais et sa réponse\u{202f}: rien n’est fusionné.")
        .effect("Le lien s’écrit au journal des deux dossiers et peut être défait.")
    }

    const COMPLETES: bool = true;

    async fn completed(
        form: ActForm,
        conn: &mut Conn,
        scene: &Scene<'_>,
    ) -> Result<ActForm, AppError> {
        let suggested = suggested(conn, scene).await?;
        let other = Field::line("dossier", "Référence de l’autre dossier")
            .hint("Par exemple\u{202f}: ASK-2026-000123-T.");
        if suggested.is_empty() {
            return Ok(form.field(other).field(Field::motive()));
        }
        let one = Field::radios(
            "proche",
            "Dossiers qui semblent de la même personne",
            suggested,
        );
        Ok(form
            .field(one.optional())
            .field(other.optional())
            .field(Field::motive()))
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let other = match (typed.of("proche"), typed.of("dossier").trim()) {
            ("" | ELSEWHERE, written) => other(written, desk).await?,
            (suggested, "") => other(suggested, desk).await?,
            _ => {
                let message =
                    "Choisissez un dossier proposé ou écrivez une référence, pas les deux.";
                return Err(Refused::at("dossier", message));
            }
        };
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        match case::link(&mut conn, desk.seen, other, &why, desk.by()).await {
            Err(ActError::AlreadyDone) => {
                let message = "Choisissez un autre dossier\u{202f}: celui-ci est déjà rattaché, ou c’est le même.";
                Err(Refused::at("dossier", message))
            }
            done => Ok(done?),
        }
    }
}

/// Undoes it.
pub(super) struct Unlink;

impl CaseAct for Unlink {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/detachement",
        label: "Défaire un rattachement",
        button: "Détacher",
        done: "Les deux dossiers sont détachés.",
        right: Right::WorkCases,
        group: Some(Group::Qualifying),
        suits: |scene| !scene.loaded.particulars.linked.is_empty(),
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let linked = scene.loaded.particulars.linked();
        let choices =
            linked.map(|reference| Choice::new(reference.to_string(), reference.to_string()));
        ActForm::new("Les deux dossiers ne mènent plus l’un à l’autre. Leurs journaux gardent la trace du lien.")
            .field(Field::radios("dossier", "Dossier rattaché", choices.collect()))
            .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let other = other(typed.of("dossier"), desk).await?;
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        Ok(case::unlink(&mut conn, desk.seen, other, &why, desk.by()).await?)
    }
}

/// The latest cases that may be of the same person, which this one is not linked to yet.
async fn suggested(conn: &mut Conn, scene: &Scene<'_>) -> Result<Vec<Choice>, AppError> {
    let dossier = &scene.loaded.dossier;
    let linked = scene.loaded.particulars.linked();
    let mut but: Vec<CaseId> = linked.map(Reference::case).collect();
    but.push(dossier.case.id());
    let person = Person::who_filed(&dossier.filing);
    let viewer = scene.current.viewer(scene.state);
    let alike = persons::resembling(conn, viewer, &person, (MOST_SUGGESTED, &but)).await?;
    let choice = |found: Resembling| {
        let caption = format!("{}, {}", found.reference, words::likeness(&found.by));
        let standing = words::standing(found.nature, found.status);
        Choice::new(found.reference.to_string(), caption).so(standing)
    };
    let mut choices: Vec<Choice> = alike.into_iter().map(choice).collect();
    if !choices.is_empty() {
        choices.push(Choice::new(ELSEWHERE, "Un autre dossier, écrit ci-dessous"));
    }
    Ok(choices)
}

/// The other case, if whoever acts may see it.
async fn other(reference: &str, desk: &Desk) -> Result<CaseId, Refused> {
    let message = "Vérifiez la référence\u{202f}: aucun dossier ne la porte.";
    let reference = Reference::parse(reference);
    let reference = reference.ok_or_else(|| Refused::at("dossier", message))?;
    let mut conn = desk.conn().await?;
    match sight::open(&mut conn, reference, desk.current.viewer(&desk.state)).await {
        Ok(case) => Ok(case),
        Err(Unseen::NotThere | Unseen::Sensitive | Unseen::Archived) => {
            Err(Refused::at("dossier", message))
        }
        Err(Unseen::Database(error)) => Err(error.into()),
    }
}
