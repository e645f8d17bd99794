//! The lists of cases, and finding one.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::inbox;

/// What shows several cases.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get("/gestion", Access::Right(Right::ReadCases), |route| {
        route.to(inbox::index)
    }),
    StaffRoute::get(
        "/gestion/dossiers",
        Access::Right(Right::ReadCases),
        |route| route.to(inbox::search::index),
    ),
    StaffRoute::get(
        "/gestion/dossiers.csv",
        Access::Right(Right::ExportLists),
        |route| route.to(inbox::export),
    ),
    StaffRoute::get("/gestion/lot", Access::Right(Right::WorkCases), |route| {
        route.to(inbox::confirm_bulk)
    }),
    StaffRoute::post("/gestion/lot", Access::Right(Right::WorkCases), |route| {
        route.to(inbox::create_bulk)
    }),
    StaffRoute::post(
        "/gestion/filtres",
        Access::Right(Right::ReadCases),
        |route| route.to(inbox::save_filter),
    ),
    StaffRoute::post(
        "/gestion/filtres/{filtre}/supprimer",
        Access::Right(Right::ReadCases),
        |route| route.to(inbox::remove_filter),
    ),
    StaffRoute::post("/gestion/raccourcis", Access::SignedIn, |route| {
        route.to(inbox::update_shortcuts)
    }),
];
