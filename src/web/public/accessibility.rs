//! `/accessibilite`: what was done, what is known to be missing, whom to ask. It claims no
//! conformity, which only an audit could (R79).

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::web::{AppError, AppState};

/// `templates/public/accessibility.html`.
#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct AccessibilityPage<'a> {
    site: &'a str,
}

/// GET `/accessibilite`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, AppError> {
    let page = || AccessibilityPage {
        site: &state.public_url,
    };
    std::future::ready(state.prepared.accessibility.answer(&request, 0, page)).await
}
