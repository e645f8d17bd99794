//! One's own account, and who stands in for whom.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::{absences, own};

const ABSENCES: Access = Access::Right(Right::ManageAbsences);

/// Below `/gestion/mon-compte` and `/gestion/absences`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get("/gestion/mon-compte", Access::SignedIn, |route| {
        route.to(own::page::show)
    }),
    StaffRoute::post(
        "/gestion/mon-compte/mot-de-passe",
        Access::SignedIn,
        |route| route.to(own::password::update),
    ),
    StaffRoute::post(
        "/gestion/mon-compte/connexions",
        Access::SignedIn,
        |route| route.to(own::sessions::close),
    ),
    StaffRoute::post(
        "/gestion/mon-compte/codes-de-secours",
        Access::SignedIn,
        |route| route.to(own::codes::renew),
    ),
    StaffRoute::post("/gestion/mon-compte/absence", Access::SignedIn, |route| {
        route.to(absences::own::record)
    }),
    StaffRoute::post(
        "/gestion/mon-compte/absence/fin",
        Access::SignedIn,
        |route| route.to(absences::own::end),
    ),
    StaffRoute::get("/gestion/absences", ABSENCES, |route| {
        route.to(absences::everyone::show)
    }),
    StaffRoute::post("/gestion/absences", ABSENCES, |route| {
        route.to(absences::everyone::record)
    }),
    StaffRoute::post("/gestion/absences/fin", ABSENCES, |route| {
        route.to(absences::everyone::end)
    }),
];
