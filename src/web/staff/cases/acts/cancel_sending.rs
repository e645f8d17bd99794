//! Taking back an answer just sent.

use crate::case::answer;
use crate::staff::Right;
use crate::web::staff::cases::acts::field::Field;
use crate::web::staff::cases::acts::{ActForm, ActLine, CaseAct, Refused, Scene, Typed};
use crate::web::staff::cases::answer::held::Held;
use crate::web::staff::cases::desk::Desk;

/// The answer is a draft again, unless it has left.
pub(super) struct CancelSending;

/// Row of the answer.
const ANSWER: &str = "reponse";

impl CaseAct for CancelSending {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/reponse/annulation",
        label: "Annuler l’envoi de la réponse",
        button: "Annuler l’envoi",
        done: "L’envoi est annulé\u{202f}: la réponse est de nouveau un brouillon.",
        right: Right::WorkCases,
        group: None,
        suits: |scene| Held::of(scene.loaded, scene.state.clock.now()).is_some(),
        is_previewed: false,
    };

    fn opened(scene: &Scene<'_>) -> Typed {
        let held = Held::of(scene.loaded, scene.state.clock.now());
        let answer = held.map(|held| held.answer.to_string());
        Typed::default().with(ANSWER, answer.unwrap_or_default())
    }

    fn form(_: &Typed, scene: &Scene<'_>) -> ActForm {
        let form = ActForm::new(
            "La réponse redevient un brouillon, tel qu’il était\u{202f}: rien ne part.",
        )
        .field(Field::hidden(ANSWER));
        match Held::of(scene.loaded, scene.state.clock.now()) {
            Some(held) => form.effect(format!("C’est possible jusqu’à {}.", held.words)),
            None => form,
        }
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let answer = typed.of(ANSWER).parse().unwrap_or_default();
        let mut conn = desk.conn().await?;
        Ok(answer::cancel(&mut conn, (desk.seen.case, answer), desk.by()).await?)
    }
}
