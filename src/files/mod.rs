//! Files that people send: named, inspected, kept byte for byte in pieces, scanned, read back.
//! What they belong to is not known here.
//!
//! A file arrives through [`Incoming`], piece by piece: no more than one piece of it is in memory,
//! no connection is held between two pieces. Until it is received, nothing points to it: what was
//! broken off goes.

mod clamd;
mod directory;
mod format;
mod inspect;
mod keep;
mod name;
mod read;
mod receive;
pub mod scan;
mod store;
mod text;

pub use clamd::{Clamd, ScanError, Verdict};
pub use format::Format;
pub use inspect::Refused;
pub use keep::keep;
pub use name::FileName;
pub use read::{ReadError, chunks, range, whole};
pub use receive::{Incoming, ReceiveError, Received};
pub use store::{erase, erase_unfinished, keep_ours};

use crate::db::text_code;

/// Bytes of a piece; the last one of a file is shorter.
pub const CHUNK: usize = 256 * 1024;

/// The id of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub i64);

text_code! {
    /// What the virus scanner said of a file.
    pub enum ScanState {
        /// Nothing yet; for ever, where no scanner is set.
        Waiting => "waiting",
        /// Nothing found.
        Clean => "clean",
        /// Something found: kept apart, never served.
        Infected => "infected",
    }
}

impl ScanState {
    /// Whether a file may be given out: never when infected, nor while a scanner is still to look.
    pub const fn may_be_served(self, has_scanner: bool) -> bool {
        match self {
            Self::Clean => true,
            Self::Waiting => !has_scanner,
            Self::Infected => false,
        }
    }
}
