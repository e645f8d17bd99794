//! Writing to the person, or answering their request.

use crate::case::templates::TemplateKind;
use crate::case::{self, MessageRole, MessageText};
use crate::staff::Right;
use crate::web::staff::cases::acts::field::{Field, text_message};
use crate::web::staff::cases::acts::{
    ActForm, ActLine, CaseAct, Group, Refused, Scene, Typed, by_post,
};
use crate::web::staff::cases::desk::Desk;

/// A message; `?role=reponse` makes it the answer to an information request, which has no gate.
pub(super) struct Write;

/// What the field `role` holds when the message answers a request.
const ANSWER: &str = "reponse";

impl CaseAct for Write {
    const LINE: &'static ActLine = &ActLine {
        path: "/gestion/dossiers/{reference}/message",
        label: "Écrire à la personne",
        button: "Envoyer",
        done: "Le message est enregistré et part dès que possible.",
        right: Right::WorkCases,
        group: Some(Group::Exchanges),
        suits: |_| true,
        is_previewed: false,
    };

    fn template(typed: &Typed) -> Option<(TemplateKind, &'static str)> {
        let kind = if typed.of("role") == ANSWER {
            TemplateKind::RequestAnswer
        } else {
            TemplateKind::Message
        };
        Some((kind, "message"))
    }

    fn form(typed: &Typed, scene: &Scene<'_>) -> ActForm {
        let way = if by_post::carries_messages(&scene.loaded.dossier) {
            "Il part par courrier\u{202f}: une lettre sera à poster."
        } else if scene.loaded.dossier.email_carries_content() {
            "Il part par courriel, en entier."
        } else {
            "Le courriel annonce seulement le message, qui se lit sur la page du dossier\u{202f}: l’adresse n’est pas confirmée, ou le dossier contient des données sensibles."
        };
        let (what, caption) = if typed.of("role") == ANSWER {
            (
                "Ce message répond à la demande d’information.",
                "Votre réponse",
            )
        } else {
            (
                "La personne lira ce message sur la page de son dossier.",
                "Message à la personne",
            )
        };
        let form = ActForm::new(what)
            .effect(way)
            .field(Field::hidden("role"))
            .field(
                Field::area("message", caption, 10).hint("10\u{202f}000\u{a0}caractères au plus."),
            );
        if typed.of("role") == ANSWER {
            form.effect("À sa remise, le dossier devient répondu et peut être clôturé.")
        } else {
            form.effect("Il n’arrête aucun délai.")
        }
    }

    async fn perform(typed: &Typed, desk: &Desk) -> Result<(), Refused> {
        let role = if typed.of("role") == ANSWER {
            MessageRole::RequestAnswer
        } else {
            MessageRole::Exchange
        };
        let text = MessageText::parse(typed.of("message"))
            .map_err(|error| Refused::at("message", text_message(error, "le message")))?;
        let mut conn = desk.conn().await?;
        let office = &desk.state.office;
        Ok(case::message(&mut conn, office, desk.seen, (role, &text), desk.by()).await?)
    }
}
