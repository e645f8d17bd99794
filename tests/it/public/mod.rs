//! Pages for everyone.

mod delays;
mod deposit;
mod deposit_bad_input;
mod deposit_database_away;
mod following;
mod head;
mod procedure;
