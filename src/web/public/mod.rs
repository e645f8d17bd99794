//! Pages for everyone.

mod health;

use actix_web::web::{ServiceConfig, get};

use crate::web::{assets, urls};

/// The public addresses.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.route(urls::HEALTH, get().to(health::alive))
        .route(urls::READY, get().to(health::ready))
        .route("/static/{name}", get().to(assets::show));
}
