//! Files that arrive in a form: one upload for each, the token before the bytes, within bounds.

mod body;
mod form;
mod slots;
mod words;

pub(crate) use form::{UploadError, UploadForm};
pub use slots::UploadSlots;
pub(crate) use words::{FileLine, FileScan, Limits, refusal, size_words};
