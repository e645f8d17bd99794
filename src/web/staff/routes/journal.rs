//! The journal of the system.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::journal;

/// `/gestion/journal`.
pub(super) const ROUTES: &[StaffRoute] = &[StaffRoute::get(
    "/gestion/journal",
    Access::Right(Right::ReadJournal),
    |route| route.to(journal::page::show),
)];
