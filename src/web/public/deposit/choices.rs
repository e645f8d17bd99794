//! The lists to choose from, as radio buttons: none is chosen beforehand.

use crate::case::catalogue::Listed;
use crate::case::filing::{
    Capacity, Field, Mandate, PreferredReply, SubscriptionPath, TypedFiling,
};
use crate::web::public::labels;

/// One radio button.
pub(super) struct Choice {
    /// Id on the page; the first one has the field's own name, where the error summary leads.
    pub(super) id: String,
    /// The code sent.
    pub(super) code: &'static str,
    /// What it says.
    pub(super) label: &'static str,
    /// What follows from it.
    pub(super) consequence: &'static str,
    /// Whether the person chose it.
    pub(super) is_chosen: bool,
}

/// The radio buttons of a field.
pub(super) fn of(field: Field, typed: &TypedFiling) -> Vec<Choice> {
    let chosen = typed.get(field);
    let button = |(place, (code, label, consequence)): (usize, Offered)| Choice {
        id: if place == 0 {
            field.code().to_owned()
        } else {
            format!("{}-{code}", field.code())
        },
        code,
        label,
        consequence,
        is_chosen: chosen == code,
    };
    offered(field).into_iter().enumerate().map(button).collect()
}

/// One line of a closed list.
pub(super) struct ListLine<'a> {
    /// The code sent; blank for « Je ne sais pas ».
    pub(super) code: &'a str,
    /// What it says.
    pub(super) label: &'a str,
    /// Whether the person chose it.
    pub(super) is_chosen: bool,
}

/// The lines of a list. What the person chose stays in it even when it is not offered any more, or
/// when the list could not be read: what was typed is never lost.
pub(super) fn lines<'a>(list: &'a [Listed], chosen: &'a str) -> Vec<ListLine<'a>> {
    let unknown = ListLine {
        code: "",
        label: "Je ne sais pas",
        is_chosen: chosen.is_empty(),
    };
    let offered = list
        .iter()
        .filter(|line| !line.is_retired || line.code == chosen)
        .map(|line| ListLine {
            code: &line.code,
            label: &line.label,
            is_chosen: line.code == chosen,
        });
    let stays = !chosen.is_empty() && list.iter().all(|line| line.code != chosen);
    let kept = stays.then_some(ListLine {
        code: chosen,
        label: "Votre choix précédent",
        is_chosen: true,
    });
    [unknown].into_iter().chain(offered).chain(kept).collect()
}

type Offered = (&'static str, &'static str, &'static str);

fn offered(field: Field) -> Vec<Offered> {
    match field {
        Field::Intent => INTENTS.to_vec(),
        Field::Capacity => Capacity::ALL
            .iter()
            .map(|capacity| (capacity.code(), labels::capacity(*capacity), ""))
            .collect(),
        Field::SubscriptionPath => SubscriptionPath::ALL
            .iter()
            .map(|path| (path.code(), labels::subscription_path(*path), ""))
            .collect(),
        Field::IsProfessional => vec![
            ("no", "Non, à titre personnel", ""),
            ("yes", "Oui, pour mon activité professionnelle", ""),
        ],
        Field::UnhappyProduct
        | Field::UnhappyService
        | Field::UnhappyDelay
        | Field::UnhappyRefusal => vec![("yes", "Oui", ""), ("no", "Non", "")],
        Field::WroteBefore => vec![
            ("yes", "Oui, par écrit", ""),
            ("spoken", "Oui, de vive voix ou par téléphone", ""),
            ("no", "Non", ""),
        ],
        Field::Mandate => Mandate::ALL
            .iter()
            .map(|mandate| (mandate.code(), labels::mandate(*mandate), ""))
            .collect(),
        Field::PreferredReply => PreferredReply::ALL
            .iter()
            .map(|preferred| (preferred.code(), labels::preferred_reply(*preferred), ""))
            .collect(),
        Field::Represented
        | Field::Intermediary
        | Field::ContractNumber
        | Field::WroteTo
        | Field::WroteOn
        | Field::WroteReply
        | Field::Product
        | Field::Subject
        | Field::FactsWhen
        | Field::Facts
        | Field::Expectation
        | Field::FirstName
        | Field::LastName
        | Field::Email
        | Field::PostalAddress
        | Field::Phone
        | Field::Accessibility => Vec::new(),
    }
}

const INTENTS: [Offered; 3] = [
    (
        "complaint",
        "Exprimer un mécontentement (réclamation)",
        "Elle est enregistrée sous une référence. Nous en accusons réception sous 10\u{a0}jours \
         ouvrables et y apportons une réponse motivée sous 2\u{a0}mois.",
    ),
    (
        "information_request",
        "Poser une question ou demander un service",
        "Le service client vous répond. Ce n’est pas une réclamation\u{202f}: les délais de la \
         procédure ne s’appliquent pas.",
    ),
    (
        "unsure",
        "Je ne sais pas",
        "Quatre questions courtes suffisent pour vous orienter.",
    ),
];
