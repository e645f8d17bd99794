//! A second person agrees to the draft of the answer as it is now.

use crate::case::answer;
use crate::staff::Right;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Refused, Scene, Typed};
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::next_step::{NextStep, next_step};

/// Offered beside the draft, in its editor.
pub(super) struct Approve;

impl CaseAct for Approve {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/reponse/relecture",
        label: "Approuver la réponse",
        button: "Approuver la réponse actuelle",
        done: "La réponse est relue et approuvée.",
        right: Right::ApproveAnswers,
        group: None,
        suits: |scene| next_step(scene.loaded, scene.current, scene.state) == NextStep::ReadAnswer,
        is_previewed: false,
    };

    fn form(_: &Typed, _: &Scene<'_>) -> ActForm {
        ActForm::new("Vous avez relu le brouillon tel qu’il est enregistré, et il peut partir.")
    }

    async fn perform(_: &Typed, desk: &Desk) -> Result<(), Refused> {
        let (me, now) = desk.by();
        let mut conn = desk.conn().await?;
        Ok(answer::approve(&mut conn, desk.seen, me, now).await?)
    }
}
