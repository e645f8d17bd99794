//! The outbox: e-mails wait in the database from the act that wrote them until their hand-over.
//!
//! ```text
//! queue ──▶ queued ──claim──▶ (held) ──settle──▶ handed over
//!             ▲                  │ └───────────▶ failed       the caller is told
//!             ├── put off, written, or the hold ran out
//!             └── failed, and staff have it tried anew
//!
//! handed over, consequences refused by the database ──▶ owed ──▶ settled, without leaving again
//! ```

mod bounce;
mod claim;
mod enclose;
mod hold;
pub mod ledger;
mod owed;
mod queries;
mod queue;
mod retry;
mod rewrite;
mod seal;
mod settle;
mod standing;

pub use bounce::{Bounced, Named, bounced, named, subjects};
pub use claim::{Claimed, HOLD, claim};
pub use enclose::enclose;
pub use hold::{hold, take_back};
pub use owed::{Owed, claim_owed, owe, settle_owed};
pub use queries::{
    PAGE, all_of_case, count_since, for_case, handed_over_to, has_failed_since, is_queued, known,
    recipient, standing, waits,
};
pub(in crate::mail) use queue::new_message_id;
pub use queue::{NewEmail, Queued, queue};
pub use retry::retry;
pub use rewrite::{Waiting, rewrite, waiting};
pub use seal::{SECRET_MARK, seal};
pub use settle::{Settled, TRIED_FOR, settle};
pub use standing::{Standing, Tracked};

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
