//! GET `/gestion/dossiers/{reference}`: a case.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};

use crate::staff::Right;
use crate::web::staff::cases::acts::{self, Scene};
use crate::web::staff::cases::desk::parse_reference;
use crate::web::staff::cases::erased;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::page::CasePage;
use crate::web::staff::current::CurrentStaff;
use crate::web::{AppError, AppState, html};

/// GET `/gestion/dossiers/{reference}?fait=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let loaded = match Loaded::read(&mut conn, reference, &state, &current).await {
        Err(AppError::NotFound) => {
            return erased::page(&mut conn, &state, &current, reference).await;
        }
        read => read?,
    };
    drop(conn);
    let scene = Scene {
        state: &state,
        current: &current,
        loaded: &loaded,
    };
    let done = asked.get("fait");
    let notice = done.and_then(|code| acts::notice_on(code, &scene));
    let page = CasePage::new(&scene).noticing(notice);
    html::page(StatusCode::OK, &page)
}
