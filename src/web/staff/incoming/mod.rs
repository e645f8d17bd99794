//! `/gestion/courriels/recus`: e-mails that reach us, and what staff decide on them.

pub(super) mod acts;
pub(super) mod desk;
pub(super) mod mail;
pub(in crate::web::staff) mod words;
