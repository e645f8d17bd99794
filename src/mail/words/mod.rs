//! The words of our e-mails and of the answer letter: plain values in, French text out.

mod account_link;
mod acknowledgement;
mod alert;
mod answer;
mod answer_letter;
mod answer_parts;
mod digest;
mod full_copy;
mod letter;
mod lost_code;
mod mediator;
mod message;
mod new_address;
mod requalification;
mod request;
mod resume;
#[cfg(test)]
mod samples;
mod told;
mod trial;
mod withdrawal;
mod wrap;

pub use account_link::AccountLink;
pub use acknowledgement::Acknowledgement;
pub use alert::{Alert, AlertKind, ClockTask};
pub use answer::AnswerMail;
pub use answer_letter::{AnswerLetter, frozen_answer};
pub use answer_parts::{CommitmentMade, Granted, Outcome, Position, PositionTaken};
pub use digest::{ClockShare, Digest, DueLine, StageLine, TeamLine};
pub use full_copy::{FullCopy, Section};
pub use letter::{
    About, AcknowledgementLetter, Addressed, CopyLetter, Identity, MediationCover, MessageLetter,
    Piece, ReceiptLetter, RequalificationLetter, Written,
};
pub use lost_code::{LostCode, NewCodeWay};
pub use mediator::{MediationRight, MediatorBlock, Occasion, Opening};
pub use message::Message;
pub use new_address::{AddressChanged, AddressToConfirm};
pub use requalification::RequalificationNotice;
pub use request::{RequestNotice, RequestReceipt};
pub use resume::Resume;
pub use told::{
    Asked, AskedThrough, HoldingLetter, Opinion, Recipient, Referral, ReferredBy, Told, Transfer,
    WithdrawalTaken,
};
pub use trial::Trial;
pub use withdrawal::Withdrawal;
pub(in crate::mail) use wrap::WRAPPED_AT;

use askama::Template;
use chrono::NaiveDate;

use crate::mail::{Composed, Desk, Origin};

/// The link by which a person confirms that an address is theirs: GET shows, POST acts.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmLink<'a> {
    /// Absolute, with an expiring token and nothing personal in it.
    pub url: &'a str,
    /// Its last day, Paris calendar.
    pub valid_until: NaiveDate,
}

/// The way from an e-mail to the page of the case.
#[derive(Clone, Copy, Debug)]
pub struct FollowWay<'a> {
    /// Absolute.
    pub url: &'a str,
    /// Last day (Paris calendar) of a link that opens the case for reading: for a confirmed address
    /// only. None for the page that asks for the reference and the code.
    pub opens_until: Option<NaiveDate>,
    /// Whether the person was ever shown an access code; else the address is that of the page that
    /// makes one.
    pub has_code: bool,
}

/// What an e-mail may carry to an address.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// The text itself: the address is confirmed.
    Full(&'a str),
    /// A notice that it waits behind the code.
    Notice(Kept),
}

/// Why an e-mail does not carry the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nobody has confirmed the address.
    Unconfirmed,
    /// It may hold sensitive data.
    Sensitive,
}

impl Kept {
    /// Whether confirming the address would let it leave.
    const fn is_unconfirmed(self) -> bool {
        matches!(self, Self::Unconfirmed)
    }
}

impl Content<'_> {
    /// A text is staff's; a notice is the program's.
    const fn origin(self) -> Origin {
        match self {
            Self::Full(_) => Origin::Person,
            Self::Notice(_) => Origin::Program,
        }
    }
}

/// A text could not be written. Askama tells why; no value of the case is in it.
#[derive(Debug, thiserror::Error)]
#[error("the words of an e-mail could not be written: {0}")]
pub struct WordsError(#[from] askama::Error);

/// Renders a template and wraps its long lines.
fn compose(
    subject: String,
    body: &impl Template,
    origin: Origin,
    desk: Desk,
) -> Result<Composed, WordsError> {
    Ok(Composed {
        subject,
        body: wrap::wrap(&body.render()?),
        origin,
        desk,
    })
}

/// What templates call filters.
#[expect(
    clippy::inline_always,
    clippy::unused_self,
    clippy::trivially_copy_pass_by_ref,
    clippy::unnecessary_wraps,
    unreachable_pub,
    reason = "the shape askama gives to filters"
)]
mod filters {
    use askama::{Result, Values};
    use chrono::{NaiveDate, NaiveDateTime, Timelike};

    /// `15 mai 2026`.
    #[askama::filter_fn]
    pub(super) fn date(day: &NaiveDate, _: &dyn Values) -> Result<String> {
        Ok(crate::calendar::plain_date(*day))
    }

    /// `15 mai 2026 à 14 h 05`.
    #[askama::filter_fn]
    pub(super) fn date_and_time(instant: &NaiveDateTime, _: &dyn Values) -> Result<String> {
        Ok(format!(
            "{} à {}\u{a0}h\u{a0}{:02}",
            crate::calendar::plain_date(instant.date()),
            instant.hour(),
            instant.minute()
        ))
    }
}
