//! The lists of cases, and finding one.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::{cases, inbox};

/// What shows several cases.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get("/gestion", Access::Right(Right::ReadCases), |route| {
        route.to(inbox::index)
    }),
    StaffRoute::get(
        "/gestion/dossiers",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::search::index),
    ),
];
