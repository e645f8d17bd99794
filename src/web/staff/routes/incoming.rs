//! The desk of the e-mails that reach us.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::incoming::{acts, desk, mail};

/// Below `/gestion/courriels/recus`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/courriels/recus",
        Access::Right(Right::EnterCases),
        |route| route.to(desk::show),
    ),
    StaffRoute::get(
        "/gestion/courriels/recus/{courriel}",
        Access::Right(Right::EnterCases),
        |route| route.to(mail::show),
    ),
    StaffRoute::get(
        "/gestion/courriels/recus/{courriel}/original",
        Access::Right(Right::EnterCases),
        |route| route.to(mail::original),
    ),
    StaffRoute::get(
        "/gestion/courriels/recus/{courriel}/pieces/{piece}",
        Access::Right(Right::EnterCases),
        |route| route.to(mail::piece),
    ),
    StaffRoute::post(
        "/gestion/courriels/recus/{courriel}/rattachement",
        Access::Right(Right::EnterCases),
        |route| route.to(acts::attach),
    ),
    StaffRoute::post(
        "/gestion/courriels/recus/{courriel}/ouverture",
        Access::Right(Right::EnterCases),
        |route| route.to(acts::open),
    ),
    StaffRoute::post(
        "/gestion/courriels/recus/{courriel}/mise-de-cote",
        Access::Right(Right::EnterCases),
        |route| route.to(acts::set_aside),
    ),
];
