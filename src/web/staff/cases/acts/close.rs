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

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new(
            "La réponse est partie et plus rien n’est dû\u{202f}: le dossier quitte les listes.",
        )
        .effect("La personne garde sa page, son droit d’écrire et celui de saisir le médiateur.")
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let (me, now) = desk.by();
        let mut conn = desk.conn().await?;
        Ok(case::close(&mut conn, desk.seen, me, now).await?)
    }
}
