//! Noting that what the person wrote was read.

use crate::case;
use crate::staff::Right;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// What the person wrote calls for no answer.
pub(super) struct MarkRead;

impl CaseAct for MarkRead {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/lecture",
        label: "Noter le message de la personne comme lu",
        button: "Noter comme lu",
        done: "Le message de la personne est noté comme lu.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |scene| scene.loaded.dossier.case.person_wrote_at.is_some(),
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "Le message de la personne n’appelle pas de réponse\u{202f}: le dossier quitte la liste des messages à lire.",
        )
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let (me, now) = desk.by();
        let mut conn = desk.conn().await?;
        Ok(case::read_message(&mut conn, desk.seen, me, now).await?)
    }
}
