//! The one-time link of a member of staff.

use askama::Template;
use chrono::NaiveDateTime;

use crate::mail::words::{WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// The link by which someone of staff chooses a password and an authenticator.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/account_link.txt", escape = "none")]
pub struct AccountLink<'a> {
    /// First and last name.
    pub name: &'a str,
    /// Absolute, with the one-time token.
    pub url: &'a str,
    /// Not taken from this instant on, Paris time.
    pub valid_until: NaiveDateTime,
}

impl AccountLink<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = "Activer votre compte de gestion".to_owned();
        compose(subject, self, Origin::Program, Desk::Complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn link_of_an_account() {
        let link = AccountLink {
            name: "Alix Petit",
            url: "https://reclamations.example.org/gestion/activation/AbCdEf0123456789",
            valid_until: day("2026-05-01").and_hms_opt(10, 5, 0).unwrap(),
        };
        let composed = link.compose().unwrap();
        samples::assert_typography(&composed.body);
        assert_eq!(composed.origin, Origin::Program);
        let text = samples::flat(&composed.body);
        assert!(text.contains("jusqu’au 1er mai 2026 à 10 h 05"), "{text}");
        assert!(composed.body.contains(link.url));
    }
}
