//! What acts need to know of the office: whom it writes as, its targets, its links.

use std::num::NonZeroU32;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::case::links::Links;
use crate::case::notices::Notices;
use crate::mail::AsciiAddress;
use crate::mail::words::Identity;
use crate::settings::{Key, Live};

/// The office as configured; one per program.
#[derive(Debug)]
pub struct Office {
    /// Makes the links of e-mails.
    pub links: Links,
    /// Most e-mails to one person in 24 hours; more leave later.
    pub daily_cap: Option<NonZeroU32>,
    /// How long the sending of an answer can be cancelled.
    pub cancel_window: TimeDelta,
    /// How staff are told what they must know.
    pub notices: Notices,
    /// What administrators set.
    pub settings: Arc<Live>,
}

impl Office {
    /// Internal target of information requests, in *jours ouvrables*.
    pub fn request_target(&self) -> usize {
        self.settings.book().days(Key::RequestTarget)
    }

    /// Internal target to examine a contested answer again, in *jours ouvrables*.
    pub fn disagreement_target(&self) -> usize {
        self.settings.book().days(Key::DisagreementTarget)
    }

    /// Whether refusals need a second reader.
    pub fn second_reader_required(&self) -> bool {
        self.settings.book().is_on(Key::SecondReader)
    }

    /// The firm's legal identity as its letters tell it, line by line.
    pub fn identity(&self) -> Vec<String> {
        let book = self.settings.book();
        let identity = Identity {
            legal_form: book.text(Key::LegalForm),
            capital: book.text(Key::Capital),
            registered_office: book.text(Key::RegisteredOffice),
            rcs: book.text(Key::Rcs),
            orias: book.text(Key::Orias),
        };
        identity.lines()
    }

    /// Who is told of new information requests: neither the flag nor the back office lets it be
    /// nobody.
    pub fn customer_service(&self) -> Option<AsciiAddress> {
        self.settings.book().address(Key::CustomerService)
    }
}
