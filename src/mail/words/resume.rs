//! The link that takes up a form somebody began.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// The link to a draft, for an address that nobody confirmed: nothing of the draft is in it.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/resume.txt", escape = "none")]
pub struct Resume<'a> {
    /// Absolute, with a signed token and nothing personal in it: GET shows, POST acts.
    pub url: &'a str,
    /// Last day of the draft, Paris calendar.
    pub kept_until: NaiveDate,
}

impl Resume<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = "Reprendre votre formulaire".to_owned();
        compose(subject, self, Origin::Reply, Desk::Customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn link_to_a_draft() {
        let resume = Resume {
            url: "https://reclamations.example.org/deposer/reprise/AbCdEf0123456789",
            kept_until: day("2026-05-07"),
        };
        let composed = resume.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.body, @r"
        Bonjour,

        Voici le lien pour reprendre le formulaire commencé sur notre site, dans ce
        navigateur ou dans un autre :

        https://reclamations.example.org/deposer/reprise/AbCdEf0123456789

        Il fonctionne jusqu’au 7 mai 2026 inclus ; chaque enregistrement prolonge le
        brouillon. Passé ce délai, le brouillon est effacé.

        Rien n’a été envoyé à nos services pour l’instant : aucun délai ne court
        tant que vous n’avez pas cliqué sur « Envoyer » à la dernière étape.

        Ce lien ouvre votre brouillon : ne le transmettez à personne. Si vous n’avez
        rien demandé, ignorez ce courriel.

        Bien à vous,

        Le Service client d’Asekkey
        ");
    }
}
