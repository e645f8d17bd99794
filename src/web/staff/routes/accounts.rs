//! Accounts of the back office.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::accounts;

/// Below `/gestion/comptes`.
pub(super) const ROUTES: &[StaffRoute] = &[StaffRoute::get(
    "/gestion/comptes",
    Access::Right(Right::ReadAccounts),
    |route| route.to(accounts::list::show),
)];
