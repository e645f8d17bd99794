//! Letters to post.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::post;

/// Below `/gestion/lettres`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/lettres",
        Access::Right(Right::WorkCases),
        |route| route.to(post::desk::show),
    ),
    StaffRoute::post(
        "/gestion/lettres/impression",
        Access::Right(Right::WorkCases),
        |route| route.to(post::print::create),
    ),
    StaffRoute::get(
        "/gestion/lettres/impressions/{run}",
        Access::Right(Right::WorkCases),
        |route| route.to(post::run::show),
    ),
    StaffRoute::post(
        "/gestion/lettres/impressions/{run}",
        Access::Right(Right::WorkCases),
        |route| route.to(post::run::update),
    ),
    StaffRoute::get(
        "/gestion/lettres/impressions/{run}/fichier",
        Access::Right(Right::WorkCases),
        |route| route.to(post::print::file),
    ),
];
