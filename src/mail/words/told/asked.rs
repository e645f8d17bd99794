//! We need something from the person.

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::Promise;
use crate::mail::words::filters;

/// Asks for something, or reminds of it, once.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/told/asked.txt", escape = "none")]
pub struct Asked<'a> {
    /// A complaint, or an information request.
    pub is_complaint: bool,
    /// What is asked, in the words of staff.
    pub what: &'a str,
    /// What they add, if anything.
    pub note: Option<&'a str>,
    /// By when, Paris calendar: a wish.
    pub expected_on: NaiveDate,
    /// The day it was asked for, when this is the reminder.
    pub reminder_of: Option<NaiveDate>,
    /// Whether they can open the page of the case.
    pub is_online: bool,
    /// By when we answer; none for a request.
    pub due: Option<Promise>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::Told;
    use crate::mail::words::samples::{self, day};

    fn asked() -> Asked<'static> {
        Asked {
            is_complaint: true,
            what: "La copie recto verso de votre avis d’échéance.",
            note: Some("Une photo lisible suffit."),
            expected_on: day("2026-05-15"),
            reminder_of: None,
            is_online: true,
            due: Some(Promise::OnOrBefore(day("2026-06-30"))),
        }
    }

    #[test]
    fn something_is_asked_and_the_clock_goes_on() {
        let text = Told::Asked(asked()).text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Bonjour,

        Pour examiner votre réclamation, nous avons besoin d’un élément de votre part :

        La copie recto verso de votre avis d’échéance.

        Une photo lisible suffit.

        Envoyez-le-nous si possible au plus tard le 15 mai 2026, depuis la page de suivi de votre dossier, où vous pouvez joindre des pièces, ou par courrier. Sans cet élément, nous vous répondrons avec ce que nous avons.

        Cette demande n’arrête aucun délai : notre réponse vous est due au plus tard le 30 juin 2026.
        ");
    }

    #[test]
    fn who_has_no_page_is_sent_to_none() {
        let by_post = Asked {
            is_online: false,
            ..asked()
        };
        for reminder_of in [None, Some(day("2026-04-30"))] {
            let text = Told::Asked(Asked {
                reminder_of,
                ..by_post
            });
            let text = text.text().unwrap();
            assert!(!text.contains("page de suivi"), "{text}");
            assert!(text.contains(", par courrier."), "{text}");
        }
    }

    #[test]
    fn the_reminder_says_that_it_is_the_only_one() {
        let reminder = Asked {
            reminder_of: Some(day("2026-04-30")),
            note: None,
            due: None,
            ..asked()
        };
        let text = Told::Asked(reminder).text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Bonjour,

        Le 30 avril 2026, nous vous avons demandé un élément pour examiner votre réclamation. Sauf erreur, nous ne l’avons pas encore reçu :

        La copie recto verso de votre avis d’échéance.

        Envoyez-le-nous dès que possible, depuis la page de suivi de votre dossier, où vous pouvez joindre des pièces, ou par courrier. C’est notre seul rappel : sans cet élément, nous vous répondrons avec ce que nous avons.

        Cette demande n’arrête aucun délai : nous continuons à traiter votre dossier.
        ");
    }
}
