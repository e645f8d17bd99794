//! The scan of a letter, an e-mail as it came: files that go with what is registered.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::draft::DraftId;
use crate::case::files;
use crate::files::FileId;
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::entry::check::{CheckPage, Read, read};
use crate::web::staff::entry::draft::Nothing;
use crate::web::staff::entry::form::kept_for;
use crate::web::staff::entry::{check_address, parse_draft};
use crate::web::staff::form::StaffForm;
use crate::web::upload::{UploadError, UploadForm, refusal};
use crate::web::{AppError, AppState, html};

/// POST `/gestion/dossiers/nouveau/{brouillon}/pieces`.
pub(in crate::web::staff) async fn add(
    state: Data<AppState>,
    current: CurrentStaff,
    request: HttpRequest,
    draft: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, AppError> {
    let mut form = UploadForm::new(&state, &request, payload);
    let answered = take(&state, &current, &draft, &mut form).await;
    form.drain().await;
    answered
}

async fn take(
    state: &AppState,
    current: &CurrentStaff,
    draft: &str,
    form: &mut UploadForm,
) -> Result<HttpResponse, AppError> {
    current.check(state, &form.token().await?)?;
    current.require(Right::EnterCases)?;
    let id = parse_draft(draft)?;
    // Nothing is held while the file arrives.
    let mut conn = state.pool.get().await?;
    if let Read::Elsewhere(answer) = read(&mut conn, state, current, id).await? {
        return Ok(answer);
    }
    drop(conn);
    let refused = match keep(state, id, form).await {
        Ok(true) => return Ok(back(id, "joint")),
        Ok(false) => UploadError::NoFile,
        Err(UploadError::App(error)) => return Err(error),
        Err(refused) => refused,
    };
    let mut conn = state.pool.get().await?;
    match read(&mut conn, state, current, id).await? {
        Read::Elsewhere(answer) => Ok(answer),
        Read::Ready(checked) => {
            let mut page = CheckPage::new(state, current, *checked);
            let message = refusal(&refused).unwrap_or_default();
            page.errors.push("fichier", message);
            html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// Keeps the file with the draft. Returns whether there was one.
async fn keep(state: &AppState, id: DraftId, form: &mut UploadForm) -> Result<bool, UploadError> {
    let at = state.clock.now();
    let Some(received) = form.file_from(state, None, at).await? else {
        return Ok(false);
    };
    let mut conn = state.pool.get().await.map_err(AppError::from)?;
    let most = state.settings.files.files_at_most;
    let until = (at, kept_for(state));
    files::add_to_draft(&mut conn, id, received, most, until).await?;
    state.scan_bell.notify_one();
    Ok(true)
}

/// POST `/gestion/dossiers/nouveau/{brouillon}/pieces/{fichier}/retirer`: of a draft of one's own.
pub(in crate::web::staff) async fn remove(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Path<(String, i64)>,
    _pressed: StaffForm<Nothing>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let (draft, file) = asked.into_inner();
    let id = parse_draft(&draft)?;
    let mut conn = state.pool.get().await?;
    if let Read::Elsewhere(answer) = read(&mut conn, &state, &current, id).await? {
        return Ok(answer);
    }
    files::remove_from_draft(&mut conn, id, FileId(file)).await?;
    Ok(back(id, "retire"))
}

fn back(id: DraftId, done: &str) -> HttpResponse {
    html::see_other(&format!("{}?fait={done}", check_address(id)))
}
