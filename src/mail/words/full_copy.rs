//! The full dated copy of what was filed (R19), once the address is confirmed.

use askama::Template;
use chrono::NaiveDateTime;

use crate::mail::words::{FollowWay, MediatorBlock, WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// Everything the person filed, section by section.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/full_copy.txt", escape = "none")]
pub struct FullCopy<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// When it was filed, Paris time.
    pub filed_at: NaiveDateTime,
    /// What was filed, in the order of the form.
    pub sections: &'a [Section<'a>],
    /// The mediator, for a complaint; none for an information request.
    pub mediator: Option<MediatorBlock>,
    /// The way to the case page.
    pub follow: FollowWay<'a>,
}

/// One answer of the form.
#[derive(Clone, Copy)]
pub struct Section<'a> {
    /// What was asked, in French.
    pub label: &'a str,
    /// What was answered, as typed.
    pub text: &'a str,
}

/// What was answered stays out of logs.
impl std::fmt::Debug for Section<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Section")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

impl FullCopy<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let (what, desk) = match self.mediator {
            Some(_) => ("réclamation", Desk::Complaints),
            None => ("demande d’information", Desk::Customer),
        };
        let subject = format!("Copie de votre {what} {}", self.reference);
        compose(subject, self, Origin::Reply, desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples;

    #[test]
    fn copy_of_a_complaint() {
        let composed = samples::full_copy().compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"Copie de votre réclamation ASK-2026-000123-T");
        insta::assert_snapshot!(samples::until(&composed.body, "Suivre votre dossier"), @r"
        Bonjour,

        Votre adresse est confirmée, merci. Voici la copie complète de votre
        réclamation, telle que nous l’avons enregistrée. Gardez-la : elle est datée
        et vaut preuve de votre envoi.

        Référence : ASK-2026-000123-T
        Enregistrée le : 30 avril 2026 à 14 h 05, heure de Paris

        Ce qui s’est passé

        Première ligne.

          - puis <ceci> & cela

        Ce que vous attendez de nous

        Une réponse.

        Fin de la copie.
        ");
        assert!(composed.body.contains("Le médiateur\n\nSi aucune solution"));
        assert!(
            composed
                .body
                .ends_with("Le Service Réclamations d’Asekkey\n")
        );
    }

    #[test]
    fn copy_of_an_information_request() {
        let request = FullCopy {
            mediator: None,
            ..samples::full_copy()
        };
        let composed = request.compose().unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(composed.desk, Desk::Customer);
        insta::assert_snapshot!(composed.subject, @"Copie de votre demande d’information ASK-2026-000123-T");
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Votre adresse est confirmée, merci. Voici la copie complète de votre demande
        d’information, telle que nous l’avons enregistrée. Gardez-la : elle est
        datée et vaut preuve de votre envoi.

        Référence : ASK-2026-000123-T
        Enregistrée le : 30 avril 2026 à 14 h 05, heure de Paris

        Ce qui s’est passé

        Première ligne.

          - puis <ceci> & cela

        Ce que vous attendez de nous

        Une réponse.

        Fin de la copie.

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
