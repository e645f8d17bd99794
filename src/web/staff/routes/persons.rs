//! The desk of persons' rights.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::persons;

/// Below `/gestion/personnes`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/personnes",
        Access::Right(Right::ServePersons),
        |route| route.to(persons::desk::show),
    ),
    StaffRoute::post(
        "/gestion/personnes",
        Access::Right(Right::ServePersons),
        |route| route.to(persons::desk::create),
    ),
    StaffRoute::get(
        "/gestion/personnes/{demande}",
        Access::Right(Right::ServePersons),
        |route| route.to(persons::request::show),
    ),
    StaffRoute::post(
        "/gestion/personnes/{demande}/reponse",
        Access::Right(Right::ServePersons),
        |route| route.to(persons::request::answer),
    ),
    StaffRoute::post(
        "/gestion/personnes/{demande}/effacement",
        Access::Right(Right::ServePersons),
        |route| route.to(persons::request::erase),
    ),
    StaffRoute::get(
        "/gestion/personnes/{demande}/copie/{reference}",
        Access::Right(Right::ServePersons),
        |route| route.to(persons::export::show),
    ),
];
