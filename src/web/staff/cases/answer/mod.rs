//! The answer to a complaint: written, read over, sent through the gate, and what it promises.

mod aids;
mod command;
pub(in crate::web::staff) mod commitments;
pub(in crate::web::staff) mod editor;
mod fields;
mod gate_words;
pub(in crate::web::staff) mod held;
mod page;
mod parsed;
pub(in crate::web::staff) mod promised;
pub(in crate::web::staff) mod sending;
mod typed;
