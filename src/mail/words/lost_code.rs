//! The e-mail for whoever has lost the access code: a way to a new one, never the code itself.

use askama::Template;

use crate::mail::words::{ConfirmLink, WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// What an address may be sent by someone who has lost the code.
#[derive(Clone, Copy, Debug)]
pub enum NewCodeWay<'a> {
    /// The address is confirmed: whoever reads the mailbox is the person, and gets a new code.
    Renew(ConfirmLink<'a>),
    /// It is not: the box exists, but it may be a stranger's whose address was typed by mistake,
    /// and the reference stands in the first e-mail. It must be confirmed first, an act by which
    /// the reader says that the filing is theirs.
    ConfirmFirst(ConfirmLink<'a>),
}

/// The answer to a lost code.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/lost_code.txt", escape = "none")]
pub struct LostCode<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The service in whose name it leaves.
    pub desk: Desk,
    /// The way to a new code.
    pub way: NewCodeWay<'a>,
    /// Where a lost code is told, absolute.
    pub lost_code_url: &'a str,
}

impl LostCode<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!("Code d’accès à votre dossier {}", self.reference);
        compose(subject, self, Origin::Program, self.desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples;

    fn lost(way: NewCodeWay<'static>) -> LostCode<'static> {
        LostCode {
            reference: samples::REFERENCE,
            desk: Desk::Complaints,
            way,
            lost_code_url: "https://reclamations.example.org/suivi/code-perdu",
        }
    }

    #[test]
    fn a_confirmed_address_gets_a_link_to_a_new_code() {
        let composed = lost(NewCodeWay::Renew(samples::confirm()))
            .compose()
            .unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(composed.origin, Origin::Program);
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Une personne qui connaît la référence ASK-2026-000123-T et cette adresse a
        demandé un code d’accès à ce dossier.

        Obtenir un nouveau code

        https://reclamations.example.org/suivi/adresse/AbCdEf0123456789
        Ouvrez cette page et demandez le nouveau code : il s’affichera à l’écran, et
        l’ancien ne servira plus. Ce lien est valable 24 heures, jusqu’au
        30 mai 2026. Le code lui-même n’est jamais envoyé par courriel.

        Si vous n’avez rien demandé, ne faites rien : votre code actuel reste
        valable.

        Bien à vous,

        Le Service Réclamations d’Asekkey
        ");
    }

    #[test]
    fn an_unconfirmed_address_is_confirmed_first() {
        let way = NewCodeWay::ConfirmFirst(samples::confirm());
        let body = lost(way).compose().unwrap().body;
        samples::assert_typography(&body);
        insta::assert_snapshot!(body, @r"
        Bonjour,

        Une personne qui connaît la référence ASK-2026-000123-T et cette adresse a
        demandé un code d’accès à ce dossier.

        Confirmer d’abord votre adresse

        https://reclamations.example.org/suivi/adresse/AbCdEf0123456789
        Cette adresse n’a pas encore été confirmée : nous ne savons pas si elle est
        bien celle de la personne qui nous a écrit. Si c’est vous, confirmez-la sur
        cette page, au plus tard le 30 mai 2026 ; vous recevrez la copie complète de
        votre envoi. Demandez ensuite votre code à cette page :
        https://reclamations.example.org/suivi/code-perdu

        Si vous n’avez rien envoyé à Asekkey, ne confirmez pas l’adresse et
        dites-le-nous en répondant à ce courriel.

        Bien à vous,

        Le Service Réclamations d’Asekkey
        ");
    }
}
