//! The append-only trace: who did what, when. One hash chain per case, chain 0 for the system.
//!
//! A line holds no personal data and no free text: [`Entry`] takes ids, codes, dates and keyed
//! digests only, so that the content of a case can be erased and its chain still be verified.

mod append;
mod entry;
mod history;
mod merkle;
mod queries;
mod seal;
mod search;
mod verify;

pub use append::{Head, append, chain_hash, open};
pub use entry::{Actor, Entry, Line};
pub use history::seal_history;
pub use queries::{Recorded, of_chain, of_kinds};
pub use seal::{Sealed, seal};
pub use search::{LastSeal, LineFilter, last_seal, last_verification, search};
pub use verify::{Broken, Verified, record_verification, verify};

/// The chain of accounts, settings and sign-ins; a case's chain is its id, from 1.
pub const SYSTEM_CHAIN: i64 = 0;

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// What stands before the first line of a chain and before the first seal.
pub const GENESIS: Hash = [0; 32];
