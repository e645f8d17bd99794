//! The e-mail that tries a relay.

use askama::Template;

use crate::mail::words::{WordsError, compose};
use crate::mail::{Composed, Desk, Origin};

/// It says that it arrived, and nothing else.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/trial.txt", escape = "none")]
pub struct Trial {}

impl Trial {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = "Essai d’envoi\u{202f}: le relais fonctionne".to_owned();
        compose(subject, self, Origin::Program, Desk::Complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples;

    #[test]
    fn a_trial_says_what_it_proves() {
        let composed = Trial {}.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(samples::flat(&composed.body), @"Bonjour, Vous avez demandé cet essai depuis les réglages du site des réclamations. S’il vous parvient, le relais essayé accepte nos courriels et les remet. Regardez s’il est arrivé parmi les indésirables : dans ce cas, l’exploitant de votre domaine doit autoriser ce relais (SPF et DKIM). Aucune réponse n’est attendue.");
    }
}
