//! GET `/suivi/dossier`: the case of the person, as it stands.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::web::public::following::page::CasePage;
use crate::web::public::following::{current, notice};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// GET `/suivi/dossier?fait=…`, or `?avant=…` for the exchanges before a message.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let Some(current) = current::find(&mut conn, &visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    let before = asked.get("avant").and_then(|id| id.parse().ok());
    let mut page = CasePage::before(&mut conn, &visit, current, before).await?;
    page.notice = asked.get("fait").and_then(|code| notice(code));
    visit.answer(StatusCode::OK, &page)
}
