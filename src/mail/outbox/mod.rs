//! The outbox: e-mails wait in the database from the act that wrote them until their hand-over.
//!
//! ```text
//! queue ──▶ queued ──claim──▶ (held) ──settle──▶ handed over
//!             ▲                  │ └───────────▶ failed       the caller is told
//!             └── put off, written, or the hold ran out
//!
//! handed over, consequences refused by the database ──▶ owed ──▶ settled, without leaving again
//! ```

mod claim;
mod hold;
mod owed;
mod queries;
mod queue;
mod rewrite;
mod seal;
mod settle;

pub use claim::{Claimed, HOLD, claim};
pub use hold::{hold, take_back};
pub use owed::{Owed, claim_owed, owe, settle_owed};
pub use queries::{
    PAGE, Standing, Tracked, count_since, for_case, handed_over_to, known, page, recipient,
    standing, waits,
};
pub use queue::{NewEmail, Queued, queue};
pub use rewrite::{Waiting, rewrite, waiting};
pub use seal::{SECRET_MARK, seal};
pub use settle::{Settled, settle};

use crate::db::text_code;

/// The id of a row of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutboxId(pub i64);

text_code! {
    /// Where a row stands in the database.
    pub enum State {
        /// Waiting, or held by a worker.
        Queued => "queued",
        /// The relay took charge of it.
        HandedOver => "handed_over",
        /// It will not be tried again.
        Failed => "failed",
    }
}
