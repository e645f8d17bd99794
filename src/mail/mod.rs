//! E-mails: their words, the outbox where they wait, the relay that takes them. Knows no case.
//!
//! An act calls [`outbox::queue`] in its transaction. A worker calls [`outbox::claim`], then
//! [`Carrier::carry`] with no transaction open, then [`outbox::settle`] in the transaction where it
//! draws the consequences. Nothing here logs an address or a text.

mod address;
mod carrier;
mod composed;
mod delivery;
mod eml;
mod enclosure;
mod endpoint;
mod html;
pub mod incoming;
pub mod mailbox;
mod message;
pub mod outbox;
mod relay;
mod trial;
pub mod words;

pub use address::{AddressError, AsciiAddress, EmailAddress};
pub use carrier::Carrier;
pub use composed::{Composed, Desk, Origin};
pub use delivery::{Delivery, Obstacle};
pub use eml::{EmlFolder, eml_files, remove_eml};
pub use enclosure::Enclosure;
pub use endpoint::RelayUrlError;
pub use message::Sender;
pub use outbox::{Claimed, OutboxId};
pub use relay::{Reached, Relay, RelayTrial};
pub use trial::{RelaySecurity, TrialError, TypedRelay, try_relay};
