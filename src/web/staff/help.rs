//! GET `/gestion/aide`: the work, why the law asks for it, and the keys of the keyboard.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::settings::Key;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::{AppError, AppState, html};

/// `templates/staff/help.html`.
#[derive(Template)]
#[template(path = "staff/help.html")]
struct HelpPage {
    shell: Shell,
    request_target: usize,
    disagreement_target: usize,
    second_reader: bool,
}

/// GET: shows it.
pub(super) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
) -> Result<HttpResponse, AppError> {
    let book = state.book();
    let page = HelpPage {
        shell: current.shell(&state),
        request_target: book.days(Key::RequestTarget),
        disagreement_target: book.days(Key::DisagreementTarget),
        second_reader: book.is_on(Key::SecondReader),
    };
    std::future::ready(html::page(StatusCode::OK, &page)).await
}
