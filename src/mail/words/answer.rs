//! The e-mail of a reasoned answer: the letter itself, or a notice that it waits behind the code.

use askama::Template;

use crate::mail::words::{Content, FollowWay, MediatorBlock, WordsError, compose, filters};
use crate::mail::{Composed, Desk};

/// The e-mail of the answer: the letter itself, or a notice that it waits behind the code.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/answer.txt", escape = "none")]
pub struct AnswerMail<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The letter, or a notice.
    pub content: Content<'a>,
    /// The mediator.
    pub mediator: MediatorBlock,
    /// The way to the case page.
    pub follow: FollowWay<'a>,
}

impl AnswerMail<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!("Réponse à votre réclamation {}", self.reference);
        compose(subject, self, self.content.origin(), Desk::Complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Origin;
    use crate::mail::words::{Kept, samples};

    #[test]
    fn answer_to_a_confirmed_address() {
        let letter = samples::answer_letter().text().unwrap();
        let composed = mail(Content::Full(&letter)).compose().unwrap();
        assert_eq!(composed.origin, Origin::Person);
        assert!(composed.body.contains("Point\u{a0}1"), "{}", composed.body);
        assert!(composed.body.contains(crate::firm::MEDIATOR_SITE));
        insta::assert_snapshot!(composed.subject, @"Réponse à votre réclamation ASK-2026-000123-T");
    }

    #[test]
    fn notice_of_an_answer() {
        let composed = mail(Content::Notice(Kept::Unconfirmed)).compose().unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(composed.origin, Origin::Program);
        insta::assert_snapshot!(samples::until(&composed.body, "Le médiateur"), @r"
        Bonjour,

        Notre réponse à votre réclamation ASK-2026-000123-T vous attend sur la page
        de suivi de votre dossier. Son texte n’est pas dans ce courriel, car cette
        adresse n’a pas encore été confirmée : ce que contient votre dossier reste
        ainsi entre vous et nous.

        Suivre votre dossier

        https://reclamations.example.org/suivi
        Il vous faudra votre référence, ASK-2026-000123-T, et le code d’accès
        affiché sur la page de confirmation après votre envoi. Ce code n’est jamais
        envoyé par courriel.

        Nous joindre

        Réclamation@asekkey.fr
        (si votre messagerie n’accepte pas l’accent de cette adresse, répondez
        simplement à ce courriel)
        Asekkey – Service Réclamations
        10 rue de Penthièvre
        75008 Paris
        ");
        assert!(composed.body.contains("Le médiateur\n\nSi cette réponse"));
    }

    fn mail(content: Content<'_>) -> AnswerMail<'_> {
        AnswerMail {
            reference: samples::REFERENCE,
            content,
            mediator: samples::after_answer(),
            follow: samples::FOLLOW,
        }
    }
}
