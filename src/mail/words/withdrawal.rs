//! The person withdrew: that it is done, and what they can still do.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{FollowWay, MediatorBlock, WordsError, compose, filters};
use crate::mail::{Composed, Desk, Origin};

/// Confirms a withdrawal, without anything the person wrote.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/withdrawal.txt", escape = "none")]
pub struct Withdrawal<'a> {
    /// Reference of the case.
    pub reference: &'a str,
    /// The day of the withdrawal, Paris calendar.
    pub withdrawn_on: NaiveDate,
    /// A complaint, or an information request.
    pub is_complaint: bool,
    /// Whether our answer has left: it stays.
    pub is_answered: bool,
    /// Whether an answer that was sent before may still arrive.
    pub answer_may_arrive: bool,
    /// The mediator, for a complaint made in writing.
    pub mediator: Option<MediatorBlock>,
    /// The way to the case.
    pub follow: FollowWay<'a>,
}

impl Withdrawal<'_> {
    /// Writes the e-mail.
    ///
    /// # Errors
    /// When the template fails.
    pub fn compose(&self) -> Result<Composed, WordsError> {
        let (what, desk) = if self.is_complaint {
            ("réclamation", Desk::Complaints)
        } else {
            ("demande d’information", Desk::Customer)
        };
        let subject = format!("Votre {what} {} est retirée", self.reference);
        compose(subject, self, Origin::Reply, desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn withdrawal_of_a_complaint() {
        let withdrawal = Withdrawal {
            reference: samples::REFERENCE,
            withdrawn_on: day("2026-05-04"),
            is_complaint: true,
            is_answered: false,
            answer_may_arrive: false,
            mediator: Some(samples::consumer()),
            follow: samples::FOLLOW,
        };
        let composed = withdrawal.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"Votre réclamation ASK-2026-000123-T est retirée");
        insta::assert_snapshot!(samples::until(&composed.body, "Le médiateur"), @r"
        Bonjour,

        Vous avez retiré votre réclamation ASK-2026-000123-T le 4 mai 2026. Nous ne
        l’examinons plus et vous ne recevrez pas de réponse motivée.

        Ce que vous pouvez encore faire

        - Lire votre dossier et nous y écrire, sur sa page de suivi.
        - Déposer une nouvelle réclamation, à tout moment.
        - Vous adresser au médiateur : retirer votre réclamation ne vous prive
          d’aucun recours.

        Suivre votre dossier

        https://reclamations.example.org/suivi
        Il vous faudra votre référence, ASK-2026-000123-T, et le code d’accès
        affiché sur la page de confirmation après votre envoi. Ce code n’est jamais
        envoyé par courriel.
        ");
        assert!(composed.body.contains(crate::firm::MEDIATOR_SITE));
        assert!(
            composed
                .body
                .ends_with("Le Service Réclamations d’Asekkey\n")
        );
    }

    #[test]
    fn withdrawal_of_a_request() {
        let withdrawal = Withdrawal {
            reference: samples::REFERENCE,
            withdrawn_on: day("2026-05-04"),
            is_complaint: false,
            is_answered: true,
            answer_may_arrive: false,
            mediator: None,
            follow: samples::FOLLOW,
        };
        let composed = withdrawal.compose().unwrap();
        samples::assert_typography(&composed.body);
        insta::assert_snapshot!(composed.subject, @"Votre demande d’information ASK-2026-000123-T est retirée");
        assert!(!composed.body.contains("médiateur"), "{}", composed.body);
        assert!(composed.body.ends_with("Le Service client d’Asekkey\n"));
    }
}
