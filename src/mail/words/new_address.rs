//! The person gave another e-mail address: a link for the new one, a notice for the old one.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{ConfirmLink, FollowWay, WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// Asks whoever reads a new address to confirm it; nothing of the case is in it.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/address_to_confirm.txt", escape = "none")]
pub struct AddressToConfirm<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// A complaint, or an information request.
    pub is_complaint: bool,
    /// The link to confirm the address.
    pub confirm: ConfirmLink<'a>,
    /// The way to the case.
    pub follow: FollowWay<'a>,
}

/// Tells the old address that another took its place: neither name nor new address.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/address_changed.txt", escape = "none")]
pub struct AddressChanged<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// A complaint, or an information request.
    pub is_complaint: bool,
    /// The day of the change, Paris calendar.
    pub changed_on: NaiveDate,
}

const fn desk(is_complaint: bool) -> Desk {
    if is_complaint {
        Desk::Complaints
    } else {
        Desk::Customer
    }
}

impl AddressToConfirm<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!("Confirmez votre adresse pour le dossier {}", self.reference);
        compose(subject, self, Origin::Program, desk(self.is_complaint))
    }
}

impl AddressChanged<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!("L’adresse du dossier {} a été changée", self.reference);
        compose(subject, self, Origin::Program, desk(self.is_complaint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn the_new_address_is_asked_to_confirm() {
        let words = AddressToConfirm {
            reference: samples::REFERENCE,
            is_complaint: true,
            confirm: samples::confirm(),
            follow: samples::FOLLOW,
        };
        let composed = words.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"Confirmez votre adresse pour le dossier ASK-2026-000123-T");
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Cette adresse vient d’être indiquée pour suivre la réclamation
        ASK-2026-000123-T.

        Confirmer votre adresse

        https://reclamations.example.org/suivi/adresse/AbCdEf0123456789
        Ouvrez cette page et confirmez que cette adresse est bien la vôtre, au plus
        tard le 30 mai 2026. Vous recevrez aussitôt la copie datée et complète de ce
        que vous nous avez écrit ; tant que l’adresse n’est pas confirmée, nos
        courriels n’en reprennent rien.

        Suivre votre dossier

        https://reclamations.example.org/suivi
        Il vous faudra votre référence, ASK-2026-000123-T, et le code d’accès
        affiché sur la page de confirmation après votre envoi. Ce code n’est jamais
        envoyé par courriel.

        Si vous n’êtes pas à l’origine de ce changement, ne confirmez pas l’adresse
        et dites-le-nous en répondant à ce courriel.

        Bien à vous,

        Le Service Réclamations d’Asekkey
        ");
    }

    #[test]
    fn the_old_address_learns_that_it_was_replaced() {
        let words = AddressChanged {
            reference: samples::REFERENCE,
            is_complaint: false,
            changed_on: day("2026-05-04"),
        };
        let composed = words.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"L’adresse du dossier ASK-2026-000123-T a été changée");
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        L’adresse e-mail de la demande d’information ASK-2026-000123-T a été changée
        le 4 mai 2026 depuis la page de suivi du dossier. Nos prochains courriels
        n’y viendront plus, sauf ceux qui étaient déjà prêts à partir.

        Si vous êtes à l’origine de ce changement, vous n’avez rien à faire.

        Si ce n’est pas vous, dites-le-nous sans attendre en répondant à ce
        courriel : nous vérifierons qui a accès au dossier.

        Bien à vous,

        Le Service client d’Asekkey
        ");
    }
}
