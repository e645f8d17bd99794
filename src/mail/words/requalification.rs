//! The notice that a complaint is to be handled as an information request, and how to object.

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::{OBJECT_WITHIN_DAYS, Promise};
use crate::mail::words::{
    ConfirmLink, Content, FollowWay, MediatorBlock, WordsError, compose, filters,
};
use crate::mail::{Composed, Desk, Origin};

/// Notice of a requalification: it begins the ten days to object.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/requalification.txt", escape = "none")]
pub struct RequalificationNotice<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The day the complaint reached us, Paris calendar.
    pub received_on: NaiveDate,
    /// Why, in the words of staff; a notice for an address that is not confirmed.
    pub motive: Content<'a>,
    /// By when it is answered, as the complaint that it still is.
    pub answer: Promise,
    /// The link to object: its page shows a button.
    pub object: ConfirmLink<'a>,
    /// The way to the case page.
    pub follow: FollowWay<'a>,
    /// The mediator: it is a complaint until the ten days have passed.
    pub mediator: MediatorBlock,
}

impl RequalificationNotice<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let subject = format!("Le traitement de votre réclamation {}", self.reference);
        compose(subject, self, Origin::Program, Desk::Complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::{Kept, samples};

    fn notice(motive: Content<'static>) -> RequalificationNotice<'static> {
        RequalificationNotice {
            reference: samples::REFERENCE,
            received_on: samples::day("2026-04-30"),
            motive,
            answer: Promise::OnOrBefore(samples::day("2026-06-30")),
            object: samples::confirm(),
            follow: samples::FOLLOW,
            mediator: samples::consumer(),
        }
    }

    #[test]
    fn a_requalification_is_told_with_its_motive_and_the_way_to_object() {
        let motive = Content::Full("Vous demandez un duplicata de votre attestation.");
        let body = notice(motive).compose().unwrap().body;
        samples::assert_typography(&body);
        for told in [
            "Vous demandez un duplicata de votre attestation.",
            "au plus tard le\n30\u{a0}juin\u{a0}2026",
            samples::confirm().url,
            "ni code à saisir",
        ] {
            let told = told.replace('\n', " ");
            assert!(body.replace('\n', " ").contains(&told), "{told} in {body}");
        }
        assert!(body.contains("Le médiateur\n\nSi aucune solution"));
    }

    #[test]
    fn the_motive_waits_behind_the_code_for_an_unconfirmed_address() {
        let body = notice(Content::Notice(Kept::Unconfirmed))
            .compose()
            .unwrap()
            .body;
        samples::assert_typography(&body);
        assert!(
            body.contains("Notre motif se lit sur la page de suivi"),
            "{body}"
        );
    }
}
