//! E-mails that reach us: from raw bytes to what staff can read. Pure and bounded; knows no case.
//!
//! Nothing here is trusted: every header is what its writer wanted it to be. [`understand()`] says what
//! an e-mail claims; who believes what is decided by whoever calls.

#[cfg(test)]
mod arbitrary;
mod body;
mod bounce;
mod bounds;
mod dated;
mod guard;
mod header;
mod html;
mod ids;
mod piece;
mod quote;
mod sort;
#[cfg(test)]
mod tests;
mod understand;

pub use bounce::BounceReport;
pub use bounds::{HEAD, LARGEST};
pub use piece::Piece;
pub use sort::Sort;
pub use understand::{Arrived, Mail, key, understand};
