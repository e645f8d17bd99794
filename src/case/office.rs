//! What acts need to know of the office: whom it writes as, its targets, its links.

use std::num::NonZeroU32;

use crate::case::links::Links;
use crate::mail::AsciiAddress;

/// The office as configured; one per program.
#[derive(Debug)]
pub struct Office {
    /// Makes the links of e-mails.
    pub links: Links,
    /// Who is told of new information requests.
    pub customer_service: AsciiAddress,
    /// Most e-mails to one person in 24 hours; more leave later.
    pub daily_cap: Option<NonZeroU32>,
    /// Internal target of information requests, in *jours ouvrables*.
    pub request_target: usize,
    /// Internal target to examine a contested answer again, in *jours ouvrables*.
    pub disagreement_target: usize,
    /// Whether refusals need a second reader.
    pub second_reader_required: bool,
}
