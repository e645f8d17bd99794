//! `/gestion/mon-compte`: password, sessions, recovery codes and absences of whoever is signed in.

pub(super) mod codes;
pub(super) mod page;
pub(super) mod password;
pub(super) mod sessions;
