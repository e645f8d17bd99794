//! Registering by hand.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::entry;

/// Below `/gestion/dossiers/nouveau`, which a reference would match too.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/dossiers/nouveau",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::form::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/nouveau",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::form::send),
    ),
    StaffRoute::get(
        "/gestion/dossiers/nouveau/{brouillon}",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::check::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/nouveau/{brouillon}",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::register::create),
    ),
    StaffRoute::post(
        "/gestion/dossiers/nouveau/{brouillon}/abandon",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::draft::discard),
    ),
    StaffRoute::post(
        "/gestion/dossiers/nouveau/{brouillon}/pieces",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::files::add),
    ),
    StaffRoute::post(
        "/gestion/dossiers/nouveau/{brouillon}/pieces/{fichier}/retirer",
        Access::Right(Right::EnterCases),
        |route| route.to(entry::files::remove),
    ),
];
