//! Taking a case.

use crate::case;
use crate::staff::Right;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;

/// The person at the desk becomes the handler.
pub(super) struct Take;

impl CaseAct for Take {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/prise-en-charge",
        label: "Prendre en charge",
        button: "Prendre ce dossier en charge",
        done: "Vous avez pris ce dossier en charge.",
        right: Right::WorkCases,
        group: Some(Group::Handling),
        suits: |scene| !scene.has_ended() && scene.handler() != Some(scene.current.id()),
        is_previewed: false,
    };

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "Vous devenez gestionnaire du dossier\u{202f}: ses échéances vous sont rappelées.",
        );
        match scene.handler() {
            Some(handler) => form.effect(format!(
                "{} n’en est plus gestionnaire.",
                scene.loaded.colleagues.name(handler)
            )),
            None => form,
        }
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let (me, now) = desk.by();
        let mut conn = desk.conn().await?;
        Ok(case::assign(&mut conn, desk.seen, me, me, now).await?)
    }
}
