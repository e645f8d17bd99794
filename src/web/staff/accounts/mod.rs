//! `/gestion/comptes`: who has an account, and what it may do.

pub(super) mod list;
mod words;
