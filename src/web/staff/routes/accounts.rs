//! Accounts of the back office.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::accounts;

const READ: Access = Access::Right(Right::ReadAccounts);
const MANAGE: Access = Access::Right(Right::ManageAccounts);

/// Below `/gestion/comptes`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get("/gestion/comptes", READ, |route| {
        route.to(accounts::list::show)
    }),
    StaffRoute::get("/gestion/comptes/nouveau", MANAGE, |route| {
        route.to(accounts::invite::show)
    }),
    StaffRoute::post("/gestion/comptes/nouveau", MANAGE, |route| {
        route.to(accounts::invite::create)
    }),
    StaffRoute::get("/gestion/comptes/{compte}", READ, |route| {
        route.to(accounts::one::show)
    }),
    StaffRoute::post("/gestion/comptes/{compte}/roles", MANAGE, |route| {
        route.to(accounts::acts::set_roles)
    }),
    StaffRoute::post(
        "/gestion/comptes/{compte}/reinitialisation",
        MANAGE,
        |route| route.to(accounts::acts::reset),
    ),
    StaffRoute::post("/gestion/comptes/{compte}/desactivation", MANAGE, |route| {
        route.to(accounts::acts::disable)
    }),
    StaffRoute::post("/gestion/comptes/{compte}/reactivation", MANAGE, |route| {
        route.to(accounts::acts::enable)
    }),
    StaffRoute::post(
        "/gestion/comptes/{compte}/deverrouillage",
        MANAGE,
        |route| route.to(accounts::acts::unlock),
    ),
];
