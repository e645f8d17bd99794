//! `/deposer`: the form, one address per step; what is typed waits in a draft on the server.

mod check;
mod choices;
mod confirmation;
mod cookies;
mod current;
mod files;
mod gone;
pub(super) mod messages;
mod notice;
mod others;
mod page;
mod posted;
mod progress;
mod resume;
mod save;
mod seen;
mod step;
mod way;

use actix_web::web::{ServiceConfig, get, post, resource};

use crate::case::filing::Step;
use crate::web::urls;

/// Last step: check and send.
const CHECK: &str = "/deposer/verification";
/// Files that go with it.
const FILES: &str = "/deposer/pieces";
/// What was sent, and what happens now.
const CONFIRMATION: &str = "/deposer/confirmation";

/// A link to take the draft up later, asked for and followed.
const RESUME: &str = "/deposer/reprise";

/// The addresses of the form.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.service(
        resource(urls::DEPOSIT)
            .route(get().to(step::show_first))
            .route(post().to(save::save_first)),
    )
    .service(
        resource(CHECK)
            .route(get().to(check::show))
            .route(post().to(check::send)),
    )
    .service(resource(CONFIRMATION).route(get().to(confirmation::show)))
    .service(
        resource(RESUME)
            .route(get().to(resume::ask))
            .route(post().to(resume::send)),
    )
    .service(
        resource("/deposer/reprise/{token}")
            .route(get().to(resume::show))
            .route(post().to(resume::take)),
    )
    .service(
        resource(FILES)
            .route(get().to(files::show))
            .route(post().to(files::add)),
    )
    .route("/deposer/pieces/{file}/retirer", post().to(files::remove))
    .service(
        resource("/deposer/{step}")
            .route(get().to(step::show))
            .route(post().to(save::save)),
    );
}

/// The address of a step.
pub(super) fn step_url(step: Step) -> String {
    match step {
        Step::Intent => urls::DEPOSIT.to_owned(),
        Step::Questions | Step::Situation | Step::Facts | Step::Files | Step::Contact => {
            format!("{}/{}", urls::DEPOSIT, step.code())
        }
    }
}
