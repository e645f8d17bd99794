//! Someone else has the case, or a letter of its, too: who, and why (R9, R10, R33).

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::Promise;
use crate::mail::words::{filters, told};

/// To whom something was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The insurer of the contract.
    Insurer,
    /// The distributor or usual contact.
    Distributor,
    /// Another competent firm.
    Other,
    /// The mediator, for mail meant for them.
    Mediator,
}

/// Tells of a transfer.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/told/transfer.txt", escape = "none")]
pub struct Transfer<'a> {
    /// A complaint, or an information request.
    pub is_complaint: bool,
    /// To whom.
    pub to: Recipient,
    /// Their name.
    pub name: &'a str,
    /// The service there.
    pub service: Option<&'a str>,
    /// Where it is.
    pub postal_address: Option<&'a str>,
    /// What for, in the words of staff.
    pub purpose: &'a str,
    /// When it left, Paris calendar.
    pub on: NaiveDate,
    /// Whether an answer of ours is still owed.
    pub is_open: bool,
    /// By when; none for a request.
    pub due: Option<Promise>,
}

impl Transfer<'_> {
    const fn is_for_mediator(&self) -> bool {
        matches!(self.to, Recipient::Mediator)
    }

    const fn what(&self) -> &'static str {
        told::what(self.is_complaint)
    }

    const fn recipient(&self) -> &'static str {
        match self.to {
            Recipient::Insurer => "à l’assureur",
            Recipient::Distributor => "au distributeur",
            Recipient::Other => "à l’organisme compétent",
            Recipient::Mediator => "au médiateur",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::Told;
    use crate::mail::words::samples::{self, day};

    fn transfer() -> Transfer<'static> {
        Transfer {
            is_complaint: true,
            to: Recipient::Insurer,
            name: "Mutuelle du Val",
            service: Some("Service Sinistres"),
            postal_address: Some("4 rue des Prés\n69003 Lyon"),
            purpose: "Elle seule peut revoir le montant de l’indemnité.",
            on: day("2026-05-04"),
            is_open: true,
            due: Some(Promise::OnOrBefore(day("2026-06-30"))),
        }
    }

    fn text(transfer: Transfer<'_>) -> String {
        let text = Told::Transfer(transfer).text().unwrap();
        samples::assert_typography(&text);
        text
    }

    #[test]
    fn a_transfer_says_who_has_it_why_and_that_the_clock_goes_on() {
        insta::assert_snapshot!(text(transfer()), @r"
        Bonjour,

        Le 4 mai 2026, nous avons transmis votre réclamation à l’assureur :

        Mutuelle du Val
        Service Sinistres
        4 rue des Prés
        69003 Lyon

        La raison :

        Elle seule peut revoir le montant de l’indemnité.

        Cette transmission n’arrête aucun délai : notre réponse vous est due au plus tard le 30 juin 2026. Nous restons votre interlocuteur.
        ");
    }

    #[test]
    fn mail_for_the_mediator_is_passed_on() {
        let forwarded = Transfer {
            to: Recipient::Mediator,
            name: "La Médiation de l’Assurance",
            service: None,
            postal_address: None,
            purpose: "Votre lettre du 2\u{a0}mai lui est adressée.",
            ..transfer()
        };
        insta::assert_snapshot!(text(forwarded), @r"
        Bonjour,

        Un courrier destiné au médiateur nous est parvenu. Nous le lui avons transmis le 4 mai 2026 :

        La Médiation de l’Assurance

        La raison :

        Votre lettre du 2 mai lui est adressée.

        C’est le médiateur qui vous répondra sur ce courrier.
        ");
    }
}
