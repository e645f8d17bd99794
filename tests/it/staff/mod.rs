//! The back office through the front door.

mod access;
mod accounts;
mod cases;
mod enrolment;
mod entry;
mod help;
mod inbox;
mod session;
mod settings;
mod sign_in;
