//! `/donnees-personnelles`: what is asked, why, who reads it, how long it is kept, and the rights
//! of the person (GDPR, art. 13).

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::config::Limits;
use crate::settings::{Book, Key};
use crate::web::{AppError, AppState};

/// `templates/public/privacy.html`.
#[derive(Template)]
#[template(path = "public/privacy.html")]
struct PrivacyPage<'a> {
    site: &'a str,
    book: &'a Book,
    limits: &'a Limits,
    is_https: bool,
}

impl PrivacyPage<'_> {
    /// What the name of each cookie begins with.
    const fn prefix(&self) -> &'static str {
        if self.is_https { "__Host-" } else { "" }
    }
}

/// GET `/donnees-personnelles`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, AppError> {
    let book = state.book();
    let page = || PrivacyPage {
        site: &state.public_url,
        book: &book,
        limits: &state.settings.limits,
        is_https: state.is_https(),
    };
    std::future::ready(
        state
            .prepared
            .privacy
            .answer(&request, book.edition(), page),
    )
    .await
}
