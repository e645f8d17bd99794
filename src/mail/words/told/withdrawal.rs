//! The case is withdrawn because its person asked us to, and how to say that this is a mistake.

use askama::Template;
use chrono::NaiveDate;

use crate::mail::words::{filters, told};

/// How the person asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedThrough {
    /// In a message on the site.
    Site,
    /// By e-mail.
    Email,
    /// By letter.
    Post,
    /// On the telephone.
    Phone,
    /// At our counter.
    Counter,
}

/// Tells of a withdrawal that staff noted.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/told/withdrawal.txt", escape = "none")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each decides a sentence, whatever the others say"
)]
pub struct WithdrawalTaken {
    /// A complaint, or an information request.
    pub is_complaint: bool,
    /// The day the person asked, Paris calendar.
    pub asked_on: NaiveDate,
    /// How.
    pub through: AskedThrough,
    /// Whether an answer was still owed.
    pub awaits_answer: bool,
    /// Whether an answer that was sent before may still arrive.
    pub answer_may_arrive: bool,
    /// Whether they can open the page of the case.
    pub is_online: bool,
}

impl WithdrawalTaken {
    const fn what(self) -> &'static str {
        told::what(self.is_complaint)
    }

    const fn way(self) -> &'static str {
        match self.through {
            AskedThrough::Site => "dans un message sur le site",
            AskedThrough::Email => "par courriel",
            AskedThrough::Post => "par courrier",
            AskedThrough::Phone => "par téléphone",
            AskedThrough::Counter => "dans nos locaux",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::Told;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn a_withdrawal_by_word_says_how_it_was_asked_and_how_to_object() {
        let told = WithdrawalTaken {
            is_complaint: true,
            asked_on: day("2026-05-04"),
            through: AskedThrough::Phone,
            awaits_answer: true,
            answer_may_arrive: false,
            is_online: true,
        };
        let text = Told::WithdrawalTaken(told).text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Bonjour,

        Le 4 mai 2026, par téléphone, vous nous avez demandé de retirer votre réclamation. C’est fait : nous ne l’examinons plus et vous ne recevrez pas de réponse.

        Ce n’est pas ce que vous vouliez ? Dites-le-nous sur la page de suivi de votre dossier, ou par courrier : votre réclamation reprendra, avec ses dates d’origine.

        Vous pouvez toujours lire votre dossier et déposer une nouvelle réclamation. Retirer votre réclamation ne vous prive d’aucun recours.
        ");
        let by_post = WithdrawalTaken {
            is_online: false,
            ..told
        };
        let text = Told::WithdrawalTaken(by_post).text().unwrap();
        assert!(!text.contains("page de suivi"), "{text}");
        assert!(text.contains("Dites-le-nous par courrier"), "{text}");
        let of_request = WithdrawalTaken {
            is_complaint: false,
            ..told
        };
        let text = Told::WithdrawalTaken(of_request).text().unwrap();
        assert!(!text.contains("recours"), "{text}");
    }
}
