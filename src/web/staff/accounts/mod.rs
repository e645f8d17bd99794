//! `/gestion/comptes`: who has an account, what it may do, and the acts on it.

pub(super) mod acts;
pub(super) mod invite;
mod link;
pub(super) mod list;
pub(super) mod one;
mod roles;
pub(super) mod words;
