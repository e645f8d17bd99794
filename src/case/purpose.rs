//! What each e-mail of a case is for: what follows when it leaves, or cannot.

use crate::case::Status;
use crate::db::text_code;

text_code! {
    /// The purpose of an e-mail, kept in the outbox and handed back when it leaves or fails.
    pub enum Purpose {
        /// The acknowledgement of a complaint: its hand-over stops the clock.
        Acknowledgement => "acknowledgement",
        /// The receipt of an information request.
        Receipt => "receipt",
        /// The full dated copy, once the address is confirmed (R19).
        Copy => "copy",
        /// A message from staff.
        Message => "message",
        /// The reasoned answer: its hand-over stops the clock.
        Answer => "answer",
        /// The notice to the *Service client*, without content.
        Notice => "notice",
        /// The way to a new access code.
        LostCode => "lost_code",
        /// The person withdrew: what follows, and what they can still do.
        Withdrawal => "withdrawal",
        /// The link by which a new address is confirmed.
        AddressToConfirm => "address_to_confirm",
        /// The notice to the address that another took the place of.
        AddressChanged => "address_changed",
        /// The notice that a complaint is to be handled as a request: its hand-over begins the ten
        /// days to object.
        Requalification => "requalification",
    }
}

text_code! {
    /// What must leave by post.
    pub enum PostalKind {
        /// The acknowledgement.
        Acknowledgement => "acknowledgement",
        /// The dated copy of what was filed.
        Copy => "copy",
        /// A message.
        Message => "message",
        /// The reasoned answer.
        Answer => "answer",
        /// The notice that a complaint is to be handled as a request.
        Requalification => "requalification",
        /// The word that a request is a complaint again, once acknowledged as one.
        Conversion => "conversion",
    }
}

impl PostalKind {
    /// Whether the letter still has its use on a case in this state.
    pub(super) const fn is_needed(self, status: Status) -> bool {
        match self {
            Self::Acknowledgement => matches!(status, Status::Received),
            Self::Answer | Self::Requalification | Self::Conversion => status.is_open(),
            Self::Copy => !matches!(status, Status::Withdrawn),
            Self::Message => true,
        }
    }
}

impl Purpose {
    /// The letter that takes the place of an e-mail that cannot be delivered.
    pub const fn by_post(self) -> Option<PostalKind> {
        match self {
            Self::Acknowledgement | Self::Receipt => Some(PostalKind::Acknowledgement),
            Self::Copy => Some(PostalKind::Copy),
            Self::Message => Some(PostalKind::Message),
            Self::Answer => Some(PostalKind::Answer),
            Self::Requalification => Some(PostalKind::Requalification),
            Self::Notice
            | Self::LostCode
            | Self::Withdrawal
            | Self::AddressToConfirm
            | Self::AddressChanged => None,
        }
    }
}
