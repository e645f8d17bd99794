//! The one table of the back office: it builds the routes, the rights and the access test. The acts on a
//! case have theirs, [`ACTS`], which is part of it.

mod accounts;
mod cases;
mod emails;
mod entry;
mod incoming;
mod journal;
mod lists;
mod own;
mod persons;
mod post;
mod settings;
mod templates;
mod threshold;

use crate::web::staff::access::StaffRoute;
use crate::web::staff::cases::acts::ACTS;

/// The table, by part of the site. A more precise pattern stands before one that would match it
/// too.
const PARTS: &[&[StaffRoute]] = &[
    threshold::ROUTES,
    templates::ROUTES,
    accounts::ROUTES,
    own::ROUTES,
    journal::ROUTES,
    incoming::ROUTES,
    emails::ROUTES,
    lists::ROUTES,
    entry::ROUTES,
    persons::ROUTES,
    post::ROUTES,
    cases::ROUTES,
    settings::ROUTES,
];

/// Every row of the table, in its order.
pub fn all() -> impl Iterator<Item = &'static StaffRoute> {
    let acts = ACTS.iter().flat_map(|entry| &entry.routes);
    PARTS.iter().copied().flatten().chain(acts)
}
