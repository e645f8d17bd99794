//! `/gestion/lettres`: the letters that must be posted, made ready, printed, noted as posted.

pub(super) mod desk;
mod pieces;
pub(super) mod print;
pub(super) mod run;
mod run_words;
