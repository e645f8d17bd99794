//! The back office through the front door.

mod access;
mod cases;
mod enrolment;
mod inbox;
mod session;
mod sign_in;
