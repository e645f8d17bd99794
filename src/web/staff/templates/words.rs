//! The French words of templates: what they are for, what their variables are, what is wrong.

use crate::case::templates::{Fault, FaultKind, TemplateKind, TemplateText, Variable};
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::text_message;

/// What a template is for.
pub(super) const fn kind(kind: TemplateKind) -> &'static str {
    match kind {
        TemplateKind::Answer => "Réponse motivée",
        TemplateKind::Message => "Message à la personne",
        TemplateKind::HoldingLetter => "Lettre d’attente",
        TemplateKind::Ask => "Précisions d’une demande à la personne",
        TemplateKind::RequestAnswer => "Réponse à une demande d’information",
    }
}

/// What a variable stands for, and an example of it.
pub(super) const fn variable(variable: Variable) -> (&'static str, &'static str) {
    match variable {
        Variable::Person => ("le nom de la personne", "Jeanne Martin"),
        Variable::Reference => ("la référence du dossier", "ASK-2026-000123-T"),
        Variable::Today => ("la date du jour", "4\u{a0}mai\u{a0}2026"),
        Variable::ComplaintDate => ("la date de la réclamation", "30\u{a0}avril\u{a0}2026"),
        Variable::AnswerDue => ("le dernier jour pour répondre", "30\u{a0}juin\u{a0}2026"),
        Variable::MediatorDate => (
            "le jour à partir duquel le médiateur peut être saisi",
            "29\u{a0}juin\u{a0}2026",
        ),
        Variable::Handler => ("le gestionnaire du dossier", "Paul Durand"),
        Variable::Product => ("le produit", "Assurance habitation"),
        Variable::Subject => ("le sujet", "Sinistre ou remboursement"),
        Variable::Contract => ("le numéro de contrat", "HAB-204518"),
    }
}

/// A template filled with examples.
pub(super) fn example(text: &TemplateText) -> String {
    text.fill(|one| variable(one).1.to_owned())
}

/// Every fault of a text, at its field, with its place.
pub(super) fn tell(faults: &[Fault], errors: &mut FormErrors) {
    for fault in faults {
        let Fault { line, column, kind } = fault;
        let place = format!("Ligne {line}, caractère {column}\u{202f}:");
        let message = match kind {
            FaultKind::Unknown(name) => format!(
                "{place} la variable «\u{202f}{name}\u{202f}» n’existe pas. Prenez-en une de la liste, sous le texte."
            ),
            FaultKind::Brace => {
                format!(
                    "{place} fermez ou retirez cette accolade. Une variable s’écrit sur une ligne."
                )
            }
            FaultKind::Text(error) => text_message(*error, "le texte du modèle"),
        };
        errors.push("texte", message);
    }
}
