//! The one table of the back office: it builds the routes, the rights and the access test.

mod accounts;
mod cases;
mod lists;
mod settings;
mod threshold;

use crate::web::staff::access::StaffRoute;

/// The table, by part of the site. A more precise pattern stands before one that would match it
/// too.
const PARTS: &[&[StaffRoute]] = &[
    threshold::ROUTES,
    accounts::ROUTES,
    lists::ROUTES,
    cases::ROUTES,
    settings::ROUTES,
];

/// Every row of the table, in its order.
pub fn all() -> impl Iterator<Item = &'static StaffRoute> {
    PARTS.iter().copied().flatten()
}
