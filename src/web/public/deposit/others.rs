//! What another page wrote in the same step, told beside what has just been typed.

use crate::case::Catalogue;
use crate::case::catalogue::label_of;
use crate::case::filing::{Field, TypedFiling};
use crate::web::public::deposit::choices;

/// What another page wrote in a field.
pub(super) struct Other {
    /// The field, by its name on the page.
    pub(super) label: &'static str,
    /// What it holds in the draft, in words.
    pub(super) text: String,
}

/// The fields that differ between what the draft holds and what was typed here.
pub(super) fn of(
    fields: &[Field],
    (draft, typed): (&TypedFiling, &TypedFiling),
    catalogue: &Catalogue,
) -> Vec<Other> {
    let differs = |field: &&Field| draft.get(**field) != typed.get(**field);
    let other = |field: &Field| Other {
        label: name(*field),
        text: words(*field, draft, catalogue),
    };
    fields.iter().filter(differs).map(other).collect()
}

fn words(field: Field, draft: &TypedFiling, catalogue: &Catalogue) -> String {
    let text = draft.get(field);
    if text.trim().is_empty() {
        return "(vide)".to_owned();
    }
    let listed = if field == Field::Product {
        label_of(&catalogue.products, text)
    } else if field == Field::Subject {
        label_of(&catalogue.subjects, text)
    } else {
        choices::of(field, draft)
            .into_iter()
            .find(|choice| choice.is_chosen)
            .map(|choice| choice.label)
    };
    listed.unwrap_or(text).to_owned()
}

const fn name(field: Field) -> &'static str {
    match field {
        Field::Intent => "Votre démarche",
        Field::UnhappyProduct => "Mécontent d’un produit",
        Field::UnhappyService => "Mécontent d’un service",
        Field::UnhappyDelay => "Mécontent d’un délai",
        Field::UnhappyRefusal => "Mécontent d’un refus",
        Field::Capacity => "À quel titre",
        Field::Represented => "Personne représentée",
        Field::Mandate => "Mandat",
        Field::IsProfessional => "En tant que professionnel",
        Field::SubscriptionPath => "Souscrit",
        Field::Intermediary => "Nom de l’intermédiaire",
        Field::ContractNumber => "Numéro du contrat",
        Field::WroteBefore => "Interlocuteur habituel déjà contacté",
        Field::WroteTo => "Qui avez-vous contacté",
        Field::WroteOn => "Date de ce contact",
        Field::WroteReply => "Réponse reçue",
        Field::Product => "Produit concerné",
        Field::Subject => "Sujet",
        Field::FactsWhen => "Quand",
        Field::Facts => "Votre récit",
        Field::Expectation => "Ce que vous attendez de nous",
        Field::FirstName => "Prénom",
        Field::LastName => "Nom",
        Field::Email => "Adresse e-mail",
        Field::PostalAddress => "Adresse postale",
        Field::PreferredReply => "Réponse souhaitée",
        Field::Phone => "Téléphone",
        Field::Accessibility => "Besoin particulier",
    }
}
