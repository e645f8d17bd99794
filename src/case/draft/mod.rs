//! A form being filled in: kept on the server for some days behind an opaque token, not yet sent.
//!
//! Several pages may edit one draft: each saves the fields of its own step, on the version it has
//! read, so that none loses what another saved.

mod acts;
mod resume;
mod sent;
mod token;

pub(in crate::case) use acts::kept_until;
pub use acts::{Change, Draft, DraftId, FiledDraft, Saved, create, erase_expired, load, save};
pub use resume::{RESUME_PATH, send_link};
pub use sent::{ReadDraft, mark_filed};
pub use token::{DraftToken, read_resume_link, resume_link};
