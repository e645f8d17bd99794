//! Pages for everyone.

mod accessibility;
mod dates;
mod delays;
mod deposit;
mod enclosed;
pub(super) mod following;
mod for_machines;
mod health;
mod labels;
mod legal_notice;
mod privacy;
mod procedure;
mod recap;
mod structured;
mod visit;

use actix_web::web::{ServiceConfig, get};

use crate::web::{assets, urls};

/// The public addresses.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.route(urls::PROCEDURE, get().to(procedure::show))
        .route(urls::DELAYS, get().to(delays::show))
        .route(urls::LEGAL_NOTICE, get().to(legal_notice::show))
        .route(urls::PRIVACY, get().to(privacy::show))
        .route(urls::ACCESSIBILITY, get().to(accessibility::show))
        .route(urls::ROBOTS, get().to(for_machines::robots))
        .route(urls::SITEMAP, get().to(for_machines::sitemap))
        .route(urls::SECURITY_TXT, get().to(for_machines::security))
        .route(urls::HEALTH, get().to(health::alive))
        .route(urls::READY, get().to(health::ready))
        .route(urls::FAVICON, get().to(assets::favicon_ico))
        .route(urls::TOUCH_ICON, get().to(assets::touch_icon))
        .route("/static/{name}", get().to(assets::show))
        .configure(deposit::routes)
        .configure(following::routes);
}
