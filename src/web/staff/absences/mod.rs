//! `/gestion/absences` and the part of `/gestion/mon-compte` about absences.

pub(super) mod everyone;
pub(in crate::web::staff) mod form;
pub(in crate::web::staff) mod list;
pub(super) mod own;
