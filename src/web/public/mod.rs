//! Pages for everyone.

mod dates;
mod delays;
mod deposit;
mod following;
mod health;
mod labels;
mod procedure;
mod recap;
mod visit;

use actix_web::web::{ServiceConfig, get};

use crate::web::{assets, urls};

/// The public addresses.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.route(urls::PROCEDURE, get().to(procedure::show))
        .route(urls::DELAYS, get().to(delays::show))
        .route(urls::HEALTH, get().to(health::alive))
        .route(urls::READY, get().to(health::ready))
        .route("/static/{name}", get().to(assets::show))
        .configure(deposit::routes)
        .configure(following::routes);
}
