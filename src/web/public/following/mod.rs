//! `/suivi`: the private page where a person follows their case.

mod address;
mod copy;
mod current;
mod entry;
mod opened;
mod page;
mod show;
mod standing;

use actix_web::web::{ServiceConfig, get, post, resource};

use crate::web::urls;

/// The case, once opened with its code.
const CASE: &str = "/suivi/dossier";
/// Closes it again, on a shared computer.
const CLOSE: &str = "/suivi/fermer";

/// The addresses of the person's page.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.service(
        resource(urls::FOLLOWING)
            .route(get().to(entry::show))
            .route(post().to(entry::open)),
    )
    .route(CASE, get().to(show::show))
    .route(CLOSE, post().to(entry::close))
    .service(
        resource("/suivi/confirmation/{token}")
            .route(get().to(address::ask))
            .route(post().to(address::confirm)),
    );
}
