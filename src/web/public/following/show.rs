//! GET `/suivi/dossier`: the case of the person, as it stands.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::web::public::following::current;
use crate::web::public::following::page::CasePage;
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// GET `/suivi/dossier`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let Some(current) = current::find(&mut conn, &visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    let page = CasePage::of(&mut conn, &visit, current).await?;
    visit.answer(StatusCode::OK, &page)
}
