//! An information request: the receipt for the person, the notice for the customer service.

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::Promise;
use crate::mail::words::{ConfirmLink, FollowWay, WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// Receipt of an information request, for an address that is not confirmed yet: no legal clock,
/// and nothing of what the person wrote.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/request_receipt.txt", escape = "none")]
pub struct RequestReceipt<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The day it reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// Our own target.
    pub answer: Promise,
    /// The link to confirm the address.
    pub confirm: ConfirmLink<'a>,
    /// The way to the case page.
    pub follow: FollowWay<'a>,
}

/// Notice of a new information request to the customer service's mailbox, without its content or
/// anything about the person.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/request_notice.txt", escape = "none")]
pub struct RequestNotice<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The day it reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// Our own target.
    pub answer_by: NaiveDate,
    /// The case in the back office, absolute.
    pub staff_url: &'a str,
}

impl RequestReceipt<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!(
            "Votre demande d’information {} est bien reçue",
            self.reference
        );
        compose(subject, self, Origin::Reply, Desk::Customer)
    }
}

impl RequestNotice<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!("Nouvelle demande d’information {}", self.reference);
        compose(subject, self, Origin::Program, Desk::Customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn receipt_of_an_information_request() {
        let receipt = RequestReceipt {
            reference: samples::REFERENCE,
            received_on: day("2026-04-30"),
            answer: Promise::OnOrBefore(day("2026-05-07")),
            confirm: samples::confirm(),
            follow: samples::FOLLOW,
        };
        let composed = receipt.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"Votre demande d’information ASK-2026-000123-T est bien reçue");
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Nous avons bien reçu votre demande d’information. Notre Service client s’en
        occupe.

        Référence : ASK-2026-000123-T
        Reçue le : 30 avril 2026
        Réponse visée au plus tard le : 7 mai 2026

        Cette date est un objectif que nous nous fixons : aucun délai réglementaire
        ne court pour une demande d’information.

        Confirmer votre adresse

        https://reclamations.example.org/suivi/adresse/AbCdEf0123456789
        Ouvrez cette page et confirmez que cette adresse est bien la vôtre, au plus
        tard le 30 mai 2026. Vous recevrez aussitôt la copie datée et complète de ce
        que vous nous avez écrit ; tant que l’adresse n’est pas confirmée, nos
        courriels n’en reprennent rien. Votre demande est enregistrée, que vous
        confirmiez ou non.

        Vous vouliez exprimer un mécontentement ?

        Dites-le-nous en répondant à ce courriel : votre demande devient une
        réclamation, et les délais réglementaires comptent depuis la date de votre
        premier envoi.

        Suivre votre dossier

        https://reclamations.example.org/suivi
        Il vous faudra votre référence, ASK-2026-000123-T, et le code d’accès
        affiché sur la page de confirmation après votre envoi. Ce code n’est jamais
        envoyé par courriel.

        Si vous n’êtes pas à l’origine de cette demande, ne confirmez pas l’adresse
        et dites-le-nous en répondant à ce courriel.

        Bien à vous,

        Le Service client d’Asekkey
        ");
    }

    #[test]
    fn notice_to_the_customer_service() {
        let notice = RequestNotice {
            reference: samples::REFERENCE,
            received_on: day("2026-04-30"),
            answer_by: day("2026-05-07"),
            staff_url: "https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T",
        };
        let composed = notice.compose().unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(composed.origin, Origin::Program);
        insta::assert_snapshot!(composed.subject, @"Nouvelle demande d’information ASK-2026-000123-T");
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Une demande d’information vient d’arriver dans la file du Service client.

        Référence : ASK-2026-000123-T
        Reçue le : 30 avril 2026
        Réponse visée au plus tard le : 7 mai 2026

        Son contenu ne voyage pas par courriel. Il se lit dans le dossier, une fois
        connecté :
        https://reclamations.example.org/gestion/dossiers/ASK-2026-000123-T
        ");
    }
}
