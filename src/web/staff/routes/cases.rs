//! One case: its page, its files and its answer. Its acts are in a table of their own.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::cases;

/// Below `/gestion/dossiers/{reference}`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/dossiers/{reference}",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::show::show),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/pieces",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/pieces",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::add),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/pieces/{file}",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::file::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/pieces/{file}/retirer",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::files::remove),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/reponse",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::editor::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::editor::update),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/reponse/envoi",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::sending::create),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/dossier-mediateur",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::mediation_file::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/dossier-mediateur",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::mediation_file::create),
    ),
    StaffRoute::get(
        "/gestion/dossiers/{reference}/engagements",
        Access::Right(Right::ReadCases),
        |route| route.to(cases::answer::commitments::show),
    ),
    StaffRoute::post(
        "/gestion/dossiers/{reference}/engagements",
        Access::Right(Right::WorkCases),
        |route| route.to(cases::answer::commitments::keep),
    ),
];
