//! What to do about each fault of the form, in French: « Indiquez… ».

use crate::case::Nature;
use crate::case::catalogue::ListError;
use crate::case::filing::{DateError, Field, FieldError, Problem, TextError};
use crate::mail::AddressError;
use crate::web::form::{FieldMessage, FormErrors};

/// The messages of a refused step.
pub(in crate::web::public) fn of(faults: &[FieldError], nature: Nature) -> FormErrors {
    faults
        .iter()
        .map(|fault| FieldMessage {
            field: fault.field.code().into(),
            message: message(fault.field, fault.problem, nature),
        })
        .collect()
}

/// What to do about one fault of a field.
pub(in crate::web::public) fn message(field: Field, problem: Problem, nature: Nature) -> String {
    match problem {
        Problem::Missing => missing(field, nature).to_owned(),
        Problem::NowhereToAnswer => {
            "Indiquez une adresse e-mail ou une adresse postale, pour que nous puissions vous \
             répondre."
                .to_owned()
        }
        Problem::NoAddressForPreference => no_address(field).to_owned(),
        Problem::List(error) => not_listed(field, error).to_owned(),
        Problem::Text(error) => text(field, error),
        Problem::Email(error) => email(error).to_owned(),
        Problem::Date(DateError::NotADate(_)) => {
            "Indiquez la date sous la forme jour/mois/année, par exemple 02/04/2026, ou laissez \
             ce champ vide."
                .to_owned()
        }
        Problem::Date(DateError::InFuture) => {
            "Indiquez une date passée ou celle d’aujourd’hui\u{202f}: cette date est dans le futur."
                .to_owned()
        }
    }
}

/// Said of the address that is missing for the way the person prefers.
fn no_address(field: Field) -> &'static str {
    if field == Field::PostalAddress {
        "Indiquez votre adresse postale, puisque vous préférez une réponse par courrier."
    } else {
        "Indiquez votre adresse e-mail, puisque vous préférez une réponse par courriel."
    }
}

fn not_listed(field: Field, error: ListError) -> &'static str {
    match (field == Field::Product, error) {
        (true, ListError::Unknown) => {
            "Choisissez un produit dans la liste, ou «\u{202f}Je ne sais pas\u{202f}»."
        }
        (true, ListError::Retired) => {
            "Choisissez un autre produit, ou «\u{202f}Je ne sais pas\u{202f}»\u{202f}: celui que vous \
             aviez choisi n’est plus proposé."
        }
        (false, ListError::Unknown) => {
            "Choisissez un sujet dans la liste, ou «\u{202f}Je ne sais pas\u{202f}»."
        }
        (false, ListError::Retired) => {
            "Choisissez un autre sujet, ou «\u{202f}Je ne sais pas\u{202f}»\u{202f}: celui que vous \
             aviez choisi n’est plus proposé."
        }
    }
}

const fn missing(field: Field, nature: Nature) -> &'static str {
    match field {
        Field::Intent => "Indiquez ce que vous souhaitez faire.",
        Field::UnhappyProduct => "Indiquez si vous êtes mécontent d’un produit.",
        Field::UnhappyService => "Indiquez si vous êtes mécontent d’un service.",
        Field::UnhappyDelay => "Indiquez si vous êtes mécontent d’un délai.",
        Field::UnhappyRefusal => "Indiquez si vous êtes mécontent d’un refus.",
        Field::Capacity => "Indiquez à quel titre vous nous écrivez.",
        Field::Represented => "Indiquez le nom de la personne que vous représentez.",
        Field::IsProfessional => "Indiquez si vous nous écrivez en tant que professionnel.",
        Field::SubscriptionPath => "Indiquez par qui le contrat a été souscrit.",
        Field::Intermediary => "Indiquez le nom de cet intermédiaire.",
        Field::ContractNumber => "Indiquez le numéro du contrat.",
        Field::Mandate => "Indiquez où se trouve votre mandat.",
        Field::WroteBefore => "Indiquez si vous avez déjà contacté votre interlocuteur habituel.",
        Field::WroteTo => "Indiquez qui vous avez contacté.",
        Field::WroteOn => "Indiquez la date de ce contact.",
        Field::WroteReply => "Indiquez la réponse reçue.",
        Field::Product => "Indiquez le produit concerné.",
        Field::Subject => "Indiquez le sujet.",
        Field::FactsWhen => "Indiquez quand cela s’est passé.",
        Field::Facts => match nature {
            Nature::Complaint => "Indiquez ce qui s’est passé.",
            Nature::InformationRequest => "Indiquez votre question ou votre demande.",
        },
        Field::Expectation => "Indiquez ce que vous attendez de nous.",
        Field::FirstName => "Indiquez votre prénom.",
        Field::LastName => "Indiquez votre nom.",
        Field::Email => "Indiquez votre adresse e-mail.",
        Field::PostalAddress => "Indiquez votre adresse postale.",
        Field::PreferredReply => "Indiquez comment vous préférez recevoir notre réponse.",
        Field::Phone => "Indiquez votre numéro de téléphone.",
        Field::Accessibility => "Indiquez votre besoin.",
    }
}

fn text(field: Field, error: TextError) -> String {
    match error {
        TextError::Missing => missing(field, Nature::Complaint).to_owned(),
        TextError::TooShort { .. } if field == Field::PostalAddress => {
            "Indiquez l’adresse postale complète\u{202f}: numéro et rue, code postal, ville."
                .to_owned()
        }
        TextError::TooShort { min, .. } => format!("Indiquez au moins {min}\u{a0}caractères."),
        TextError::TooLong { count, max } => format!(
            "Raccourcissez ce texte de {}\u{202f}: il en compte {}, nous pouvons en recevoir {}. \
             Rien n’est perdu, il reste dans le formulaire.",
            characters(count.saturating_sub(max)),
            thousands(count),
            thousands(max)
        ),
        TextError::ControlCharacter { position } => format!(
            "Retapez ce passage\u{202f}: un caractère invisible, qui ne peut pas être enregistré, \
             se trouve en position {}.",
            thousands(position)
        ),
    }
}

/// What to do about an e-mail address.
pub(super) const fn email(error: AddressError) -> &'static str {
    match error {
        AddressError::Empty
        | AddressError::Name
        | AddressError::Domain
        | AddressError::NotAscii => {
            "Indiquez une adresse e-mail complète, par exemple nom@exemple.fr."
        }
        AddressError::TooLong => {
            "Indiquez une adresse e-mail plus courte\u{202f}: celle-ci dépasse \
                                  ce qu’un courriel peut porter."
        }
        AddressError::ForbiddenCharacter => {
            "Indiquez l’adresse e-mail sans espace ni caractère invisible, par exemple \
             nom@exemple.fr."
        }
    }
}

fn characters(count: u64) -> String {
    match count {
        1 => "1\u{a0}caractère".to_owned(),
        _ => format!("{}\u{a0}caractères", thousands(count)),
    }
}

/// `5 000`, with the narrow no-break space of French numbers.
pub(super) fn thousands(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{}\u{202f}{:03}", thousands(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_the_french_way() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(5_001), "5\u{202f}001");
        assert_eq!(thousands(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn every_message_says_what_to_do() {
        for field in Field::ALL {
            for nature in Nature::ALL {
                let said = message(*field, Problem::Missing, *nature);
                assert!(
                    said.starts_with("Indiquez ") && said.ends_with('.'),
                    "{said}"
                );
            }
        }
    }
}
