//! The mediator was referred to, then gave an opinion (R43, R44).

use askama::Template;
use chrono::NaiveDate;

use crate::calendar::Promise;
use crate::mail::words::filters;

/// Who referred to the mediator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferredBy {
    /// The person.
    Person,
    /// Someone in their name.
    Representative,
    /// We did.
    Firm,
}

/// Tells of a referral.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/told/referral.txt", escape = "none")]
pub struct Referral<'a> {
    /// Who referred.
    pub by: ReferredBy,
    /// When, Paris calendar.
    pub on: NaiveDate,
    /// The mediator's number, once known.
    pub number: Option<&'a str>,
    /// By when our documents leave, Paris calendar.
    pub documents_due_on: NaiveDate,
    /// Whether an answer of ours is still owed.
    pub is_open: bool,
    /// By when; none for a request.
    pub due: Option<Promise>,
}

/// Tells of an opinion, and what we make of it.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "mail/told/opinion.txt", escape = "none")]
pub struct Opinion<'a> {
    /// When it was given, Paris calendar.
    pub on: NaiveDate,
    /// Whether we follow it.
    pub is_followed: bool,
    /// How, or why not, in the words of staff.
    pub grounds: Option<&'a str>,
    /// By when what it asks of us is done, Paris calendar.
    pub follow_up_on: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::Told;
    use crate::mail::words::samples::{self, day};

    #[test]
    fn a_referral_does_not_end_our_own_examination() {
        let referral = Referral {
            by: ReferredBy::Person,
            on: day("2026-05-04"),
            number: Some("2026-04512"),
            documents_due_on: day("2026-06-10"),
            is_open: true,
            due: Some(Promise::OnOrBefore(day("2026-06-30"))),
        };
        let text = Told::Referral(referral).text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Bonjour,

        Vous avez saisi le médiateur de l’assurance le 4 mai 2026, sous le numéro 2026-04512.

        Nous lui envoyons les documents de votre dossier au plus tard le 10 juin 2026. Il dit ensuite s’il peut examiner votre demande, et rend son avis dans les 90 jours suivant la réception du dossier complet.

        Cette saisine n’arrête pas notre propre examen : notre réponse vous est due au plus tard le 30 juin 2026.
        ");
        let after = Referral {
            is_open: false,
            number: None,
            ..referral
        };
        let text = Told::Referral(after).text().unwrap();
        assert!(!text.contains("notre réponse"), "{text}");
    }

    #[test]
    fn an_opinion_is_told_with_what_we_make_of_it() {
        let followed = Opinion {
            on: day("2026-09-01"),
            is_followed: true,
            grounds: Some("Nous vous remboursons 120\u{a0}€."),
            follow_up_on: Some(day("2026-09-30")),
        };
        let text = Told::Opinion(followed).text().unwrap();
        samples::assert_typography(&text);
        insta::assert_snapshot!(text, @r"
        Bonjour,

        Le 1er septembre 2026, le médiateur de l’assurance a rendu son avis. Nous le suivons.

        Nous vous remboursons 120 €.

        Nous ferons ce qu’il demande au plus tard le 30 septembre 2026.

        Cet avis ne vous oblige pas : vous gardez le droit d’agir en justice.
        ");
        let refused = Opinion {
            is_followed: false,
            follow_up_on: None,
            ..followed
        };
        let text = Told::Opinion(refused).text().unwrap();
        samples::assert_typography(&text);
        assert!(text.contains("Nous ne le suivons pas."), "{text}");
    }
}
