//! One at a time, in the whole program, reads what others made: it may take memory and time.

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;

use crate::letters::{LetterError, Merged, Part, merge};

/// The rule by which [`Turn::n_pages`] counts: another number when it takes other files than before.
pub const RULE: i16 = 1;

static ONE: Semaphore = Semaphore::const_new(1);

/// The turn to read PDFs of others. Wait for it before their bytes are in memory, and without a
/// connection.
pub struct Turn {
    /// The semaphore is never closed: it is always there.
    _permit: Option<SemaphorePermit<'static>>,
}

impl Turn {
    /// Waits for it.
    pub async fn wait() -> Self {
        Self {
            _permit: ONE.acquire().await.ok(),
        }
    }

    /// How many pages of this PDF [`Self::merge`] takes; none when it takes none: it is broken or
    /// protected, or would not print in the file as it prints alone, or reading it could take more than
    /// a machine has.
    pub async fn n_pages(self, pdf: Vec<u8>) -> Option<i32> {
        // The turn goes along: it lasts while the thread works, even if nobody waits.
        let counted = spawn_blocking(move || {
            let counted = merge::n_pages(&pdf);
            drop(self);
            counted
        });
        counted.await.ok()?
    }

    /// The file to print. Its tags are left out: each letter is kept with its own.
    ///
    /// # Errors
    /// When a letter is no PDF that can be taken.
    pub async fn merge(self, parts: Vec<Part>) -> Result<Merged, LetterError> {
        let merged = spawn_blocking(move || {
            let merged = merge::merged(parts);
            drop(self);
            merged
        });
        merged.await.map_err(|_join| LetterError::BrokenOff)?
    }
}
