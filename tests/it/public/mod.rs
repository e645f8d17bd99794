//! Pages for everyone.

mod procedure;
