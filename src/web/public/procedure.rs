//! The procedure: what a complaint is, to whom it goes, what the firm owes and when.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::settings::Key;
use crate::web::public::structured::Organization;
use crate::web::{AppError, AppState};

/// `templates/public/procedure.html`.
#[derive(Template)]
#[template(path = "public/procedure.html")]
struct ProcedurePage<'a> {
    site: &'a str,
    firm: Organization<'a>,
    /// The complaints address without accent, if the firm gave one.
    alias: Option<&'a str>,
}

/// GET `/`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, AppError> {
    let site = state.public_url.as_str();
    let book = state.book();
    let page = || ProcedurePage {
        site,
        firm: Organization::new(site, &book),
        alias: book.text(Key::ComplaintsAlias),
    };
    std::future::ready(
        state
            .prepared
            .procedure
            .answer(&request, book.edition(), page),
    )
    .await
}
