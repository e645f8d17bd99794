//! Pages for everyone.

mod delays;
mod head;
mod deposit;
mod deposit_bad_input;
mod procedure;
