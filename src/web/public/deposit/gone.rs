//! What cannot be shown any more, with a way out.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::AppError;
use crate::web::public::visit::Visit;

/// `templates/public/deposit/gone.html`.
#[derive(Template)]
#[template(path = "public/deposit/gone.html")]
struct GonePage {
    draft_days: u32,
    is_sent: bool,
}

/// The draft of the cookie is forged or expired.
pub(super) fn draft_page(visit: &Visit<'_>) -> Result<HttpResponse, AppError> {
    page(visit, false)
}

/// The confirmation was shown for an hour, or to another browser.
pub(super) fn confirmation_page(visit: &Visit<'_>) -> Result<HttpResponse, AppError> {
    page(visit, true)
}

fn page(visit: &Visit<'_>, is_sent: bool) -> Result<HttpResponse, AppError> {
    let draft_days = visit.state.settings.limits.draft_days;
    visit.answer(
        StatusCode::GONE,
        &GonePage {
            draft_days,
            is_sent,
        },
    )
}
