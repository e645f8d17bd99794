//! `/suivi`: the private page where a person follows their case.

mod address;
mod code_first;
mod copy;
mod current;
mod entry;
mod guesses;
mod link;
mod lost_code;
mod new_code;
mod opened;
mod page;
mod show;
mod standing;

use actix_web::middleware::from_fn;
use actix_web::web::{ServiceConfig, get, post, resource, scope};

use crate::web::urls;

/// The case, once opened with its code.
const CASE: &str = urls::FOLLOWED_CASE;
/// Closes it again, on a shared computer.
const CLOSE: &str = "/suivi/fermer";

/// The addresses of the person's page.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.service(
        resource(urls::FOLLOWING)
            .route(get().to(entry::show))
            .route(post().to(entry::open)),
    )
    .service(
        scope(CASE)
            .wrap(from_fn(code_first::ask))
            .configure(case_routes),
    )
    .service(
        resource(urls::LOST_CODE)
            .route(get().to(lost_code::show))
            .route(post().to(lost_code::send)),
    )
    .service(
        resource("/suivi/lien/{token}")
            .route(get().to(link::ask))
            .route(post().to(link::open)),
    )
    .service(
        resource("/suivi/nouveau-code/{token}")
            .route(get().to(new_code::ask))
            .route(post().to(new_code::renew)),
    )
    .route(CLOSE, post().to(entry::close))
    .service(
        resource("/suivi/confirmation/{token}")
            .route(get().to(address::ask))
            .route(post().to(address::confirm)),
    );
}

/// What is below [`CASE`]: an act asks for the access code first when the case was opened by a link.
fn case_routes(case: &mut ServiceConfig) {
    case.route("", get().to(show::show));
}
