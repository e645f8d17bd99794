//! Pages for everyone.

mod delays;
mod head;
mod procedure;
