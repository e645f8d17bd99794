//! Pages for everyone.

mod delays;
mod procedure;
