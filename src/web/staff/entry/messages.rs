//! What to do about each fault of the form, in French.

use crate::case::catalogue::ListError;
use crate::case::entry::{EntryFault, EntryField, EntryProblem};
use crate::case::filing::{DateError, Field, Problem, TextError};
use crate::web::form::FieldMessage;

/// The messages of a refused form, in its order.
pub(super) fn of(faults: &[EntryFault]) -> Vec<FieldMessage> {
    faults
        .iter()
        .map(|fault| match fault {
            EntryFault::Own(field, problem) => FieldMessage {
                field: field.code().into(),
                message: own(*field, *problem),
            },
            EntryFault::Shared(fault) => FieldMessage {
                field: fault.field.code().into(),
                message: shared(fault.field, fault.problem),
            },
        })
        .collect()
}

fn own(field: EntryField, problem: EntryProblem) -> String {
    match problem {
        EntryProblem::Missing => missing(field).to_owned(),
        EntryProblem::Date(error) => date(error).to_owned(),
        EntryProblem::ReceivedBeforeWritten => {
            "Vérifiez les deux dates\u{202f}: un écrit ne peut pas être reçu avant d’avoir été envoyé."
                .to_owned()
        }
        EntryProblem::BeforeSaid => {
            "Indiquez une date qui ne précède pas l’échange de vive voix.".to_owned()
        }
        EntryProblem::Text(error) => text(error),
    }
}

const fn missing(field: EntryField) -> &'static str {
    match field {
        EntryField::Channel => "Indiquez comment le dossier nous est parvenu.",
        EntryField::Nature => {
            "Indiquez de quoi il s’agit, ou choisissez «\u{202f}À qualifier\u{202f}»."
        }
        EntryField::WrittenOn => {
            "Indiquez la date de l’envoi\u{202f}: cachet de la poste ou date du courriel."
        }
        EntryField::ReceivedOn => "Indiquez la date de la réception.",
        EntryField::ExpressedOn => "Indiquez le jour de l’échange.",
        EntryField::Satisfied => "Indiquez si la personne a obtenu satisfaction aussitôt.",
        EntryField::HowSatisfied => "Indiquez ce qui a donné satisfaction à la personne.",
        EntryField::InvitedOn => "Indiquez quand la personne a été invitée à écrire.",
    }
}

fn shared(field: Field, problem: Problem) -> String {
    match problem {
        Problem::NowhereToAnswer => {
            "Indiquez une adresse e-mail ou une adresse postale. Pour un échange de vive voix, un \
             numéro de téléphone suffit."
                .to_owned()
        }
        Problem::NoAddressForPreference => {
            "Indiquez l’adresse qui correspond à la réponse souhaitée.".to_owned()
        }
        Problem::Missing => empty(field).to_owned(),
        Problem::Text(error) => text(error),
        Problem::Email(_) => {
            "Vérifiez l’adresse e-mail\u{202f}: elle ressemble à nom@exemple.fr.".to_owned()
        }
        Problem::List(ListError::Unknown | ListError::Retired) => {
            "Choisissez une ligne de la liste.".to_owned()
        }
        Problem::Date(error) => date(error).to_owned(),
    }
}

/// Said of what must be there; the others may be left blank.
const fn empty(field: Field) -> &'static str {
    match field {
        Field::FirstName => "Indiquez le prénom, ou la civilité si le prénom est inconnu.",
        Field::LastName => "Indiquez le nom de la personne.",
        Field::Capacity => "Indiquez à quel titre la personne s’adresse à nous.",
        Field::Represented => "Indiquez qui est représenté.",
        Field::IsProfessional => "Indiquez si la personne agit à titre professionnel.",
        Field::Facts => "Recopiez ou résumez ce que dit la personne.",
        Field::Intent
        | Field::UnhappyProduct
        | Field::UnhappyService
        | Field::UnhappyDelay
        | Field::UnhappyRefusal
        | Field::Mandate
        | Field::SubscriptionPath
        | Field::Intermediary
        | Field::ContractNumber
        | Field::WroteBefore
        | Field::WroteTo
        | Field::WroteOn
        | Field::WroteReply
        | Field::Product
        | Field::Subject
        | Field::FactsWhen
        | Field::Expectation
        | Field::Email
        | Field::PostalAddress
        | Field::PreferredReply
        | Field::Phone
        | Field::Accessibility => "Complétez ce champ.",
    }
}

const fn date(error: DateError) -> &'static str {
    match error {
        DateError::NotADate(_) => {
            "Indiquez la date sous la forme jour/mois/année, par exemple 30/04/2026."
        }
        DateError::InFuture => {
            "Indiquez une date passée ou celle d’aujourd’hui\u{202f}: cette date est dans le futur."
        }
    }
}

fn text(error: TextError) -> String {
    match error {
        TextError::Missing => "Complétez ce champ.".to_owned(),
        TextError::TooShort { min, .. } => format!("Indiquez au moins {min}\u{a0}caractères."),
        TextError::TooLong { count, max } => format!(
            "Raccourcissez ce texte\u{202f}: {count}\u{a0}caractères pour {max} au plus. Joignez la \
             numérisation pour garder le texte entier."
        ),
        TextError::ControlCharacter { position } => {
            format!("Retirez le caractère invisible en position {position}.")
        }
    }
}
