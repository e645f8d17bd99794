//! A form being filled in: kept on the server for some days behind an opaque token, not yet sent.
//!
//! Several pages of one browser may edit one draft: each saves the fields of its own step, in one
//! statement, so that none loses what another saved.

mod acts;
mod token;

pub use acts::{Draft, DraftId, FiledDraft, create, erase_expired, load, mark_filed, save};
pub use token::DraftToken;
