//! POST `/gestion/dossiers/nouveau/{brouillon}/abandon`: what was typed is not wanted.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::entry;
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::entry::parse_draft;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html, urls};

/// What is posted: the button.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct Nothing {}

/// POST.
pub(in crate::web::staff) async fn discard(
    state: Data<AppState>,
    current: CurrentStaff,
    draft: Path<String>,
    _pressed: StaffForm<Nothing>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let id = parse_draft(&draft)?;
    let mut conn = state.pool.get().await?;
    entry::discard(&mut conn, (id, current.id())).await?;
    Ok(html::see_other(&format!("{}?abandon=1", urls::STAFF_ENTRY)))
}
