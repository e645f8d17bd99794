//! Erasing a case: its content and its secret go, a tombstone and a chain that still verifies stay
//! (R61, R62, R65).

mod act;
mod due;
mod fates;
mod tombstone;

pub use act::{Cause, EraseError, erase_for_person};
pub use due::{Retention, erase_due};
pub use fates::{FATES, Fate};
pub use tombstone::{Tombstone, tombstone};
