//! `/gestion/dossiers/{reference}/dossier-mediateur`: our file for the mediator, as a ZIP. Internal notes
//! are never read for it.

mod contents;
mod cover;
mod write;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::case::{ActError, Reference, Seen, mediation_file_made, sight};
use crate::staff::Right;
use crate::web::public::following::archive::zip::Zip;
use crate::web::staff::cases::desk::parse_reference;
use crate::web::staff::cases::mediation_file::contents::Contents;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/cases/mediation_file.html`.
#[derive(Template)]
#[template(path = "staff/cases/mediation_file.html")]
struct FilePage {
    shell: Shell,
    reference: Reference,
    case_address: String,
    address: String,
    version: i32,
    pieces: Vec<(String, String)>,
    n_withheld: usize,
}

/// What is posted: the case as it was shown.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct Asked {
    version: i32,
}

fn address(reference: &Reference) -> String {
    urls::staff_case_part(reference, "dossier-mediateur")
}

/// GET: what the file will hold.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let _case = sight::open(&mut conn, reference, current.viewer(&state)).await?;
    let contents = Contents::read(&mut conn, &state, reference).await?;
    drop(conn);
    let page = FilePage {
        shell: current.shell(&state),
        reference,
        case_address: urls::staff_case(&reference),
        address: address(&reference),
        version: contents.dossier.case.version,
        pieces: contents.pieces(),
        n_withheld: contents.n_withheld,
    };
    html::page(StatusCode::OK, &page)
}

/// POST: the file, as it is written; the journal tells of it.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<Asked>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let case = sight::open(&mut conn, reference, current.viewer(&state)).await?;
    let contents = Contents::read(&mut conn, &state, reference).await?;
    let cover = cover::of(&contents, &state)
        .typeset()
        .await
        .map_err(|error| AppError::Internal(error.into()))?;
    let by = (current.id(), state.clock.now());
    let seen = Seen {
        case,
        version: form.0.version,
    };
    let told = (seen, &contents.dossier);
    match mediation_file_made(&mut conn, told, &cover.pdf, by).await {
        Ok(()) => {}
        // Something happened meanwhile: the page shows what it will hold now.
        Err(ActError::Stale) => return Ok(html::see_other(&address(&reference))),
        Err(error) => return Err(AppError::Internal(error.into())),
    }
    drop(conn);
    let (zip, body) = Zip::begin(by.1);
    drop(actix_web::rt::spawn(write::write(
        zip,
        (contents, cover.pdf),
        state.clone(),
    )));
    let name = format!("attachment; filename=\"mediateur-{reference}.zip\"");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(body))
}
