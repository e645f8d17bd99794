//! Giving up an answer that waited to be posted when its person withdrew.

use crate::case::thread::ItemKind;
use crate::case::{self, PostalKind, Status};
use crate::staff::Right;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// The letter of the answer is not posted any more.
pub(in crate::web::staff::cases::acts) struct DropAnswer;

impl CaseAct for DropAnswer {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/reponse-non-postee",
        label: "Ne plus poster la réponse",
        button: "Ne plus la poster",
        done: "La réponse n’est plus à poster.",
        right: Right::WorkCases,
        group: Some(Group::Ending),
        suits: |scene| {
            let is_waiting = scene.loaded.items.iter().any(|item| {
                item.kind == ItemKind::Letter(PostalKind::Answer) && item.posted_on.is_none()
            });
            scene.loaded.dossier.case.status == Status::Withdrawn && is_waiting
        },
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "La personne s’est retirée pendant que la réponse attendait d’être postée. Si la lettre est partie, notez plutôt son envoi.",
        )
        .effect("La réponse quitte la liste des courriers et redevient un brouillon.")
        .effect("La personne n’en reçoit rien.")
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let mut conn = desk.conn().await?;
        Ok(case::drop_answer(&mut conn, desk.seen, desk.by()).await?)
    }
}
