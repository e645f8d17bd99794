//! The answer takes longer: why, and for when it is hoped (R23).

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::Promise;
use crate::mail::words::{filters, told};

/// A holding letter. It informs, and moves no legal date.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/told/holding_letter.txt", escape = "none")]
pub struct HoldingLetter<'a> {
    /// « réclamation » or « demande d’information ».
    what: &'static str,
    rank: i32,
    reason: &'a str,
    announced_on: NaiveDate,
    due: Option<Promise>,
}

impl<'a> HoldingLetter<'a> {
    /// The `rank`th letter of its case (the first is 1), for this reason, announcing an answer by
    /// that day (Paris calendar), which is due as promised; a request has no such date.
    pub const fn new(
        is_complaint: bool,
        rank: i32,
        (reason, announced_on): (&'a str, NaiveDate),
        due: Option<Promise>,
    ) -> Self {
        Self {
            what: told::what(is_complaint),
            rank,
            reason,
            announced_on,
            due,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::Told;
    use crate::mail::words::samples::{self, day};

    fn text(rank: i32, announced_on: &str, due: Option<Promise>) -> String {
        let says = (
            "L’assureur doit nous rendre son expertise.",
            day(announced_on),
        );
        let told = Told::HoldingLetter(HoldingLetter::new(due.is_some(), rank, says, due));
        let text = told.text().unwrap();
        samples::assert_typography(&text);
        text
    }

    #[test]
    fn a_holding_letter_moves_no_date() {
        let due = Promise::OnOrBefore(day("2026-06-30"));
        insta::assert_snapshot!(text(1, "2026-06-15", Some(due)), @r"
        Bonjour,

        Notre réponse à votre réclamation demande plus de temps que prévu.

        La raison :

        L’assureur doit nous rendre son expertise.

        Nous pensons vous répondre au plus tard le 15 juin 2026. C’est une prévision, qui ne change aucune de vos dates. Notre réponse vous est due au plus tard le 30 juin 2026.
        ");
    }

    #[test]
    fn a_second_one_past_the_legal_date_says_so() {
        let due = Promise::OnOrBefore(day("2026-06-30"));
        insta::assert_snapshot!(text(2, "2026-07-15", Some(due)), @r"
        Bonjour,

        Pour la deuxième fois, nous devons vous dire que notre réponse à votre réclamation demande plus de temps que prévu.

        La raison :

        L’assureur doit nous rendre son expertise.

        Nous pensons vous répondre au plus tard le 15 juillet 2026. C’est une prévision, qui ne change aucune de vos dates. Elle dépasse le jour où notre réponse vous est due, le 30 juin 2026 : nous vous présentons nos excuses.
        ");
        let late = text(3, "2026-07-15", Some(Promise::WithoutWaiting));
        assert!(late.contains("pour la 3e fois"), "{late}");
        assert!(late.contains("elle vous reste due sans attendre"), "{late}");
    }

    #[test]
    fn a_request_has_no_date_of_law() {
        let text = text(1, "2026-05-15", None);
        assert!(text.contains("votre demande d’information"), "{text}");
        assert!(text.ends_with("aucune de vos dates."), "{text}");
    }
}
