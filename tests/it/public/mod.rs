//! Pages for everyone.

mod around;
mod delays;
mod deposit;
mod deposit_bad_input;
mod deposit_database_away;
mod deposit_lists;
mod deposit_resume;
mod deposit_two_tabs;
mod errors;
mod files;
pub(crate) mod following;
mod for_machines;
mod head;
mod procedure;
mod weight;
