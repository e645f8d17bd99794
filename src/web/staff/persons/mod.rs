//! `/gestion/personnes`: people who use their rights over their data.

pub(super) mod desk;
pub(super) mod export;
pub(super) mod request;
mod words;
