//! For the machines that watch over the service.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;

use crate::db::migrations;
use crate::web::{AppError, AppState};

/// GET `/healthz`: the program is alive.
pub(super) async fn alive() -> HttpResponse {
    std::future::ready(
        HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .body("ok\n"),
    )
    .await
}

/// GET `/readyz`: the database answers and every migration is applied.
pub(super) async fn ready(state: Data<AppState>) -> Result<HttpResponse, AppError> {
    let mut conn = state.pool.get().await?;
    let n_pending = migrations::count_pending(&mut conn).await?;
    let answer = if n_pending == 0 {
        HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .body("ok\n")
    } else {
        HttpResponse::ServiceUnavailable().body(format!("{n_pending} migrations to apply\n"))
    };
    Ok(answer)
}
