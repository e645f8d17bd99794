//! E-mails: their words, the outbox where they wait, the relay that takes them. Knows no case.

mod address;

pub use address::{AddressError, AsciiAddress, EmailAddress};
