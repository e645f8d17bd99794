//! The ledger of e-mails, and the trial of a relay.

use crate::staff::Right;
use crate::web::staff::access::{Access, StaffRoute};
use crate::web::staff::emails::{ledger, relay};

/// Below `/gestion/courriels`.
pub(super) const ROUTES: &[StaffRoute] = &[
    StaffRoute::get(
        "/gestion/courriels",
        Access::Right(Right::ReadEmails),
        |route| route.to(ledger::show),
    ),
    StaffRoute::get(
        "/gestion/reglages/relais",
        Access::Right(Right::ManageSettings),
        |route| route.to(relay::show),
    ),
    StaffRoute::post(
        "/gestion/reglages/relais",
        Access::Right(Right::ManageSettings),
        |route| route.to(relay::attempt),
    ),
    StaffRoute::post(
        "/gestion/courriels/{id}/essai",
        Access::Right(Right::RetryEmails),
        |route| route.to(ledger::retry),
    ),
];
