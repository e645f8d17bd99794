//! The texts that staff start from.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::templates;

/// Below `/gestion/modeles`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/modeles",
        Access::Right(Right::ReadTemplates),
        |route| route.to(templates::index),
    ),
    StaffRoute::get(
        "/gestion/modeles/nouveau",
        Access::Right(Right::ManageTemplates),
        |route| route.to(templates::new),
    ),
    StaffRoute::post(
        "/gestion/modeles/nouveau",
        Access::Right(Right::ManageTemplates),
        |route| route.to(templates::create),
    ),
    StaffRoute::get(
        "/gestion/modeles/{modele}",
        Access::Right(Right::ReadTemplates),
        |route| route.to(templates::show),
    ),
    StaffRoute::get(
        "/gestion/modeles/{modele}/version",
        Access::Right(Right::ManageTemplates),
        |route| route.to(templates::revise),
    ),
    StaffRoute::post(
        "/gestion/modeles/{modele}/version",
        Access::Right(Right::ManageTemplates),
        |route| route.to(templates::update),
    ),
    StaffRoute::post(
        "/gestion/modeles/{modele}/retrait",
        Access::Right(Right::ManageTemplates),
        |route| route.to(templates::retire),
    ),
    StaffRoute::post(
        "/gestion/modeles/{modele}/remise",
        Access::Right(Right::ManageTemplates),
        |route| route.to(templates::restore),
    ),
];
