//! `/gestion/journal`: sign-ins, accounts, absences and settings, as the system's journal has them.

pub(super) mod page;
mod words;
