//! Pages for everyone.

mod delays;
mod deposit;
mod deposit_bad_input;
mod following;
mod head;
mod procedure;
