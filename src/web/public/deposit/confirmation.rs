//! What was sent and what happens now: readable for an hour in the browser that sent it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::TimeDelta;

use crate::calendar::long_date;
use crate::case::draft::{self, Draft};
use crate::case::files;
use crate::case::{self, AccessCode, Dossier, Nature, dossier};
use crate::web::public::dates::{self, DateLine};
use crate::web::public::deposit::cookies::{DraftCookie, Held};
use crate::web::public::deposit::gone::{self, Gone};
use crate::web::public::enclosed::add_filed;
use crate::web::public::recap::{self, Section};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState};

/// `templates/public/deposit/confirmation.html`.
#[derive(Template)]
#[template(path = "public/deposit/confirmation.html")]
struct ConfirmationPage {
    dossier: Dossier,
    code: AccessCode,
    received_on: String,
    dates: Vec<DateLine>,
    copy: Vec<Section>,
    /// The complaints address without accent, if the firm gave one.
    alias: Option<String>,
}

impl ConfirmationPage {
    fn is_request(&self) -> bool {
        self.dossier.case.nature == Nature::InformationRequest
    }
}

/// GET `/deposer/confirmation`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let Held::Token(token) = DraftCookie::Sent.read(&state, &request) else {
        return gone::page(&visit, Gone::Confirmation);
    };
    let mut conn = state.pool.get().await?;
    let draft = draft::load(&mut conn, &token, visit.at).await?;
    let Some(Draft {
        filed: Some(filed), ..
    }) = draft
    else {
        return gone::page(&visit, Gone::Confirmation);
    };
    if visit.at.signed_duration_since(filed.at) > TimeDelta::hours(1) {
        return gone::page(&visit, Gone::Confirmation);
    }
    let dossier = dossier::by_id(&mut conn, filed.case).await?;
    let enclosed = files::of_case(&mut conn, filed.case, None).await?;
    let as_filed = case::as_filed(&mut conn, &dossier).await?;
    let generation = dossier.case.code_generation;
    let page = ConfirmationPage {
        code: AccessCode::of(&state.keys.access_codes, filed.case, generation),
        received_on: long_date(dossier.dates.received_on),
        dates: dates::of(&dossier, visit.today()),
        alias: state.complaints_alias(),
        copy: add_filed(recap::of_dossier(&dossier, &as_filed), &enclosed),
        dossier,
    };
    visit.answer(StatusCode::OK, &page)
}
