//! Settings and help.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::{help, settings};

/// Below `/gestion/reglages`, and `/gestion/aide`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/reglages",
        Access::Right(Right::ReadSettings),
        |route| route.to(settings::index),
    ),
    StaffRoute::get(
        "/gestion/reglages/listes/{liste}",
        Access::Right(Right::ReadSettings),
        |route| route.to(settings::show_list),
    ),
    StaffRoute::post(
        "/gestion/reglages/listes/{liste}",
        Access::Right(Right::ManageSettings),
        |route| route.to(settings::change_list),
    ),
    StaffRoute::get(
        "/gestion/reglages/etiquettes",
        Access::Right(Right::ReadSettings),
        |route| route.to(settings::show_labels),
    ),
    StaffRoute::post(
        "/gestion/reglages/etiquettes",
        Access::Right(Right::ManageSettings),
        |route| route.to(settings::change_label),
    ),
    StaffRoute::get(
        "/gestion/reglages/{cle}",
        Access::Right(Right::ReadSettings),
        |route| route.to(settings::show),
    ),
    StaffRoute::post(
        "/gestion/reglages/{cle}",
        Access::Right(Right::ManageSettings),
        |route| route.to(settings::update),
    ),
    StaffRoute::get("/gestion/aide", Access::SignedIn, |route| {
        route.to(help::show)
    }),
];
