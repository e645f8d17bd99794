//! The notice of an act that told the person something, when only a letter reaches them: it is not on
//! its way yet.

use crate::case::Dossier;
use crate::case::outside::Way;
use crate::web::staff::cases::acts::{CaseAct, Scene, message, outside};

/// The notice of the act, when what it says is for a letter to carry; none otherwise.
pub(super) fn notice(code: &str, scene: &Scene<'_>) -> Option<&'static str> {
    let dossier = &scene.loaded.dossier;
    if code == message::Write::LINE.code() {
        return carries_messages(dossier).then_some(
            "Le message est enregistré. Il part par courrier\u{202f}: une lettre est à imprimer et à \
             poster.",
        );
    }
    let said = [
        (
            outside::Ask::LINE,
            "La demande est enregistrée. Elle part par courrier\u{202f}: une lettre est à imprimer et \
             à poster. Les délais courent toujours.",
        ),
        (
            outside::Remind::LINE,
            "Le rappel est enregistré. Il part par courrier\u{202f}: une lettre est à imprimer et à \
             poster. Il n’y en aura pas d’autre.",
        ),
        (
            outside::Hold::LINE,
            "La lettre d’attente est enregistrée. Elle est à imprimer et à poster. Aucune date légale \
             n’a changé.",
        ),
    ];
    let found = said.into_iter().find(|(line, _)| line.code() == code);
    found
        .filter(|_| Way::to(dossier) == Way::Post)
        .map(|(_, notice)| notice)
}

/// Whether a message to the person is a letter.
pub(super) fn carries_messages(dossier: &Dossier) -> bool {
    dossier.filing.email.is_none() || dossier.prefers_post()
}
