//! The answer to a complaint: written, read over, sent through the gate.

pub(in crate::web::staff) mod editor;
mod page;
pub(in crate::web::staff) mod sending;
mod typed;
