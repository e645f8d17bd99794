//! The back office through the front door.

mod access;
mod enrolment;
mod session;
mod sign_in;
