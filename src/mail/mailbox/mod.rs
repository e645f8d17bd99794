//! The mailbox that people write to, read over IMAP.
//!
//! E-mails are looked at without marking them; they are marked as read once they are kept.

mod connection;
mod failure;
mod gone;
mod place;
mod utf7;
mod wait;

pub use connection::{Connection, Found, Letter, MailboxError};
pub use failure::Failure;
pub use place::{MailboxUrlError, Place};
