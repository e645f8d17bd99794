//! The words of letters on paper: the same facts as the e-mails, for an envelope.

mod acknowledgement;
mod addressed;
mod copy;
mod identity;
mod mediation;
mod message;
mod plain;
mod receipt;
mod requalification;

pub use acknowledgement::AcknowledgementLetter;
pub use addressed::Addressed;
pub use copy::CopyLetter;
pub use identity::Identity;
pub use mediation::{MediationCover, Piece};
pub use message::{About, MessageLetter, Written};
pub(super) use plain::plain;
pub use receipt::ReceiptLetter;
pub use requalification::RequalificationLetter;

use crate::letters::Block;
use crate::mail::words::{MediatorBlock, WordsError};

/// Title of the mediator's block where nothing else leads to it.
pub(super) const MEDIATOR_TITLE: &str = "Le médiateur";

/// The mediator's block under this title.
pub(super) fn mediator_block(title: &str, block: &MediatorBlock) -> Result<Block, WordsError> {
    Ok(Block::Mediator {
        title: title.to_owned(),
        text: block.text()?,
    })
}

/// The greeting of every letter.
pub(super) const GREETING: &str = "Madame, Monsieur,";

/// The last sentence of every letter.
pub(super) const CLOSING: &str =
    "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.";

/// « réclamation » or « demande d’information ».
pub(super) const fn what(is_complaint: bool) -> &'static str {
    if is_complaint {
        "réclamation"
    } else {
        "demande d’information"
    }
}
