//! Closing an answered case.

use crate::case::{self, Status};
use crate::staff::Right;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// Nothing more is owed.
pub(super) struct Close;

impl CaseAct for Close {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/cloture",
        label: "Clôturer le dossier",
        button: "Clôturer le dossier",
        done: "Le dossier est clôturé.",
        right: Right::CloseCases,
        group: Some(Group::Ending),
        suits: |scene| scene.loaded.dossier.case.status == Status::Answered,
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let mut form = ActForm::new("La réponse est partie\u{202f}: le dossier quitte les listes.");
        if scene.loaded.dossier.case.person_wrote_at.is_some() {
            form = form.effect(UNREAD);
        }
        let mut promised = scene.loaded.answers.iter().flat_map(|one| &one.promises);
        if promised.any(|promise| promise.kept_on.is_none()) {
            form = form.effect(PROMISED);
        }
        form.effect(
            "La personne garde sa page, son droit d’écrire et celui de saisir le médiateur.",
        )
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let (me, now) = desk.by();
        let mut conn = desk.conn().await?;
        Ok(case::close(&mut conn, desk.seen, me, now).await?)
    }
}

const UNREAD: &str = "La personne a écrit, et son message n’est pas noté comme lu\u{202f}: lisez-le d’abord. Si elle conteste la réponse, notez son désaccord.";
const PROMISED: &str =
    "Un engagement pris envers elle n’est pas noté comme tenu\u{202f}: il reste dû.";
