//! A message of staff to the person: its text, or a notice that it waits behind the code.

use askama::Template;

use crate::mail::words::{Content, FollowWay, MediatorBlock, WordsError, compose, filters};
use crate::mail::{Composed, Desk};

/// A message of staff.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/message.txt", escape = "none")]
pub struct Message<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// What the subject says before « réclamation » and the reference; none for a plain message.
    pub subject: Option<&'static str>,
    /// The text, or a notice.
    pub content: Content<'a>,
    /// Names of the files that go with the text; a notice is silent about them.
    pub files: &'a [String],
    /// The mediator, for a complaint; none for an information request.
    pub mediator: Option<MediatorBlock>,
    /// The way to the case page.
    pub follow: FollowWay<'a>,
}

impl Message<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let (what, desk) = match self.mediator {
            Some(_) => ("réclamation", Desk::Complaints),
            None => ("demande d’information", Desk::Customer),
        };
        let subject = self.subject.unwrap_or("Message au sujet de votre");
        let subject = format!("{subject} {what} {}", self.reference);
        compose(subject, self, self.content.origin(), desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Origin;
    use crate::mail::words::{Kept, samples};

    fn message() -> Message<'static> {
        Message {
            reference: samples::REFERENCE,
            subject: None,
            files: &[],
            content: Content::Full(
                "Madame,\r\n\r\nPouvez-vous nous envoyer le relevé du 3\u{a0}mars\u{202f}?",
            ),
            mediator: Some(samples::consumer()),
            follow: samples::FOLLOW,
        }
    }

    #[test]
    fn message_to_a_confirmed_address() {
        let composed = message().compose().unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(composed.origin, Origin::Person);
        insta::assert_snapshot!(composed.subject, @"Message au sujet de votre réclamation ASK-2026-000123-T");
        insta::assert_snapshot!(samples::until(&composed.body, "Le médiateur"), @r"
        Au sujet de votre réclamation ASK-2026-000123-T

        Madame,

        Pouvez-vous nous envoyer le relevé du 3 mars ?

        Le Service Réclamations d’Asekkey

        Pour nous répondre, écrivez sur la page de suivi de votre dossier ou
        répondez à ce courriel.

        Suivre votre dossier

        https://reclamations.example.org/suivi
        Il vous faudra votre référence, ASK-2026-000123-T, et le code d’accès
        affiché sur la page de confirmation après votre envoi. Ce code n’est jamais
        envoyé par courriel.
        ");
        assert!(composed.body.contains("Le médiateur\n\nSi aucune solution"));
    }

    #[test]
    fn the_files_that_go_with_it_are_named() {
        let files = ["relevé 2026.pdf".to_owned(), "photo.jpg".to_owned()];
        let with = |content| Message {
            files: &files,
            content,
            ..message()
        };
        let full = with(Content::Full("Voici."));
        let body = full.compose().unwrap().body;
        samples::assert_typography(&body);
        insta::assert_snapshot!(samples::until(&body, "Le Service"), @r"
        Au sujet de votre réclamation ASK-2026-000123-T

        Voici.

        Avec ce message, à télécharger sur la page de suivi de votre dossier :
        - relevé 2026.pdf
        - photo.jpg
        ");
        let notice = with(Content::Notice(Kept::Unconfirmed))
            .compose()
            .unwrap()
            .body;
        assert!(!notice.contains("photo.jpg"), "{notice}");
    }

    #[test]
    fn a_confirmed_address_gets_a_link_that_opens_the_case() {
        let body = Message {
            follow: FollowWay {
                url: "https://reclamations.example.org/suivi/lien/AbCd",
                opens_until: Some(samples::day("2026-05-30")),
                has_code: true,
            },
            ..message()
        }
        .compose()
        .unwrap()
        .body;
        samples::assert_typography(&body);
        let (_, way) = body.split_once("Suivre votre dossier\n\n").unwrap();
        insta::assert_snapshot!(samples::until(way, "Le médiateur"), @r"
        https://reclamations.example.org/suivi/lien/AbCd
        Ce lien vous est personnel : jusqu’au 30 mai 2026, il ouvre votre dossier
        ASK-2026-000123-T en lecture, sans code. Ne transférez pas ce courriel. Pour
        nous écrire depuis cette page ou modifier votre dossier, votre code d’accès
        vous sera demandé.
        ");
    }

    #[test]
    fn notice_of_a_message_about_a_complaint() {
        let notice = Message {
            content: Content::Notice(Kept::Unconfirmed),
            ..message()
        };
        let body = notice.compose().unwrap().body;
        samples::assert_typography(&body);
        assert!(!body.contains("relevé"), "{body}");
        assert!(body.contains("Service Réclamations d’Asekkey au sujet de votre"));
        assert!(body.contains(crate::firm::MEDIATOR_SITE));
        assert!(body.ends_with("Bien à vous,\n\nLe Service Réclamations d’Asekkey\n"));
    }

    #[test]
    fn notice_of_a_message_about_a_request() {
        let notice = Message {
            content: Content::Notice(Kept::Unconfirmed),
            mediator: None,
            ..message()
        };
        let composed = notice.compose().unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(
            (composed.origin, composed.desk),
            (Origin::Program, Desk::Customer)
        );
        insta::assert_snapshot!(composed.subject, @"Message au sujet de votre demande d’information ASK-2026-000123-T");
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Un message du Service client d’Asekkey au sujet de votre demande
        d’information ASK-2026-000123-T vous attend sur la page de suivi de votre
        dossier. Son texte n’est pas dans ce courriel, car cette adresse n’a pas
        encore été confirmée : ce que contient votre dossier reste ainsi entre vous
        et nous.

        Suivre votre dossier

        https://reclamations.example.org/suivi
        Il vous faudra votre référence, ASK-2026-000123-T, et le code d’accès
        affiché sur la page de confirmation après votre envoi. Ce code n’est jamais
        envoyé par courriel.

        Bien à vous,

        Le Service client d’Asekkey
        ");
    }
}
