//! Two cases belong together; or no longer.

use crate::case::sight::{self, Unseen};
use crate::case::{self, ActError, CaseId, Reference};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Choice, Field};
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, motive,
};
use crate::web::staff::cases::desk::Desk;

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
        .field(
            Field::line("dossier", "Référence de l’autre dossier")
                .hint("Par exemple\u{202f}: ASK-2026-000123-T."),
        )
        .field(Field::motive())
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let other = other(typed, desk).await?;
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
        let other = other(typed, desk).await?;
        let why = motive::of(typed)?;
        let mut conn = desk.conn().await?;
        Ok(case::unlink(&mut conn, desk.seen, other, &why, desk.by()).await?)
    }
}

/// The other case, if whoever acts may see it.
async fn other(typed: &Typed, desk: &Desk) -> Result<CaseId, Refused> {
    let message = "Vérifiez la référence\u{202f}: aucun dossier ne la porte.";
    let reference = Reference::parse(typed.of("dossier"));
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
