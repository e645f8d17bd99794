//! POST `/gestion/lettres/impression`: the pages of the chosen letters are made, each in an act of its
//! own; then one file holds them all.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path};

use crate::case::files;
use crate::case::post::{self, Cannot, Enclosing, MOST_PRINTED, Piece, RunId, TaskId};
use crate::files::FileId;
use crate::letters::{Part, Turn};
use crate::staff::Right;
use crate::web::public::following::copied;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::post::{desk, run};
use crate::web::{AppError, AppState, html};

const NONE: &str = "Choisissez au moins une lettre à imprimer.";
const TOO_MANY: &str = "Choisissez 50\u{a0}lettres au plus par impression.";
const NOTHING: &str = "Aucune de ces lettres n’attend plus, ou leur adresse postale manque.";

/// POST: makes the pages ready, then leads to the printing.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let tasks: Vec<TaskId> = form
        .0
        .iter()
        .filter(|(name, _)| name == "tache")
        .filter_map(|(_, value)| value.parse().ok().map(TaskId))
        .collect();
    let refused = match tasks.len() {
        0 => Some(NONE),
        n if n > MOST_PRINTED => Some(TOO_MANY),
        _ => None,
    };
    if refused.is_some() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return desk::page(&state, &current, status, (None, refused)).await;
    }
    let mut conn = state.pool.get().await?;
    let seen = post::visible(&mut conn, current.viewer(&state), &tasks).await?;
    let by = (current.id(), state.clock.now());
    let mut begun = None;
    for task in seen {
        let run = match begun {
            Some(run) => run,
            None => *begun.insert(post::begin_run(&mut conn, by).await?),
        };
        match post::prepare(&mut conn, &state.office, (task, run), &copied, by).await {
            Ok(()) | Err(Cannot::Nothing | Cannot::NoAddress) => {}
            Err(Cannot::Act(error)) => return Err(AppError::Internal(error.into())),
        }
    }
    let printed = match begun {
        Some(run) => post::of_run(&mut conn, current.viewer(&state), run).await?,
        None => Vec::new(),
    };
    let pieces = post::pieces_of_run(&mut conn, &printed, state.has_scanner()).await?;
    drop(conn);
    recount(&state, &pieces).await?;
    if let Some(run) = begun {
        let mut conn = state.pool.get().await?;
        post::enclose(&mut conn, (run, &printed), state.has_scanner()).await?;
    }
    if let Some(run) = begun.filter(|_| !printed.is_empty()) {
        return Ok(html::see_other(&run::address(run)));
    }
    let refused = (None, Some(NOTHING));
    desk::page(&state, &current, StatusCode::CONFLICT, refused).await
}

/// Counts the pages of the pieces whose pages were not, or by a program that took other files.
async fn recount(state: &AppState, pieces: &[Piece]) -> Result<(), AppError> {
    let uncounted = pieces
        .iter()
        .filter(|piece| !piece.is_counted && piece.enclosing != Enclosing::Withheld);
    for piece in uncounted {
        files::count_pages(&state.pool, piece.file, piece.format).await?;
    }
    Ok(())
}

/// GET `/gestion/lettres/impressions/{run}/fichier`: the file to print. A piece that can no longer be taken
/// has a sheet in its place, and the page of the printing says so from then on.
pub(in crate::web::staff) async fn file(
    state: Data<AppState>,
    current: CurrentStaff,
    run: Path<i64>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let run = RunId(*run);
    let turn = Turn::wait().await;
    let mut conn = state.pool.get().await?;
    let letters = post::of_run(&mut conn, current.viewer(&state), run).await?;
    let pieces = post::pieces_of_run(&mut conn, &letters, state.has_scanner()).await?;
    let sheets = post::sheets(&mut conn, &letters, &pieces).await?;
    if sheets.is_empty() {
        return Err(AppError::NotFound);
    }
    let (of, parts): (Vec<FileId>, Vec<Part>) = sheets.into_iter().unzip();
    drop(conn);
    let merged = turn
        .merge(parts)
        .await
        .map_err(|error| AppError::Internal(error.into()))?;
    let left_out = merged.left_out.iter().filter_map(|place| of.get(*place));
    let left_out: Vec<FileId> = left_out.copied().collect();
    if !left_out.is_empty() {
        let mut conn = state.pool.get().await?;
        post::print_apart(&mut conn, run, &left_out).await?;
    }
    let name = format!("attachment; filename=\"lettres-{}.pdf\"", run.0);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(merged.pdf))
}
