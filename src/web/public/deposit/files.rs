//! The step of the files: one upload for each, a list, and a way on; nothing here is compulsory.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::calendar::{long_date, paris_date};
use crate::case::draft::Draft;
use crate::case::files::{self, CaseFile};
use crate::case::filing::{Step, TypedFiling};
use crate::files::FileId;
use crate::web::form::FormErrors;
use crate::web::public::deposit::current::{self, Current};
use crate::web::public::deposit::gone::{self, Gone};
use crate::web::public::deposit::notice::Notice;
use crate::web::public::deposit::progress::Progress;
use crate::web::public::deposit::{CONFIRMATION, FILES, step, way};
use crate::web::public::visit::Visit;
use crate::web::upload::{FileLine, FileScan, Limits, UploadError, UploadForm, refusal};
use crate::web::{AppError, AppState, html, retry};

/// `templates/public/deposit/files.html`.
#[derive(Template)]
#[template(path = "public/deposit/files.html")]
struct FilesPage {
    kept_until: Option<String>,
    csrf: String,
    progress: Progress,
    errors: FormErrors,
    notice: Option<&'static str>,
    limits: Limits,
    files: Vec<FileLine>,
    /// The files could not be read, or none can be taken now.
    is_busy: bool,
}

impl FilesPage {
    fn new(visit: &Visit<'_>, draft: Option<&Draft>, files: &[CaseFile]) -> Self {
        let blank = TypedFiling::default();
        let typed = draft.map_or(&blank, |draft| &draft.typed);
        let until = |draft: &Draft| long_date(paris_date(draft.expires_at));
        Self {
            kept_until: draft.map(until),
            csrf: visit.csrf(),
            progress: Progress::of(Step::Files, typed),
            errors: FormErrors::default(),
            notice: None,
            limits: Limits::of(&visit.state.settings.files),
            files: FileLine::of(files, visit.state.has_scanner()),
            is_busy: false,
        }
    }

    fn is_full(&self) -> bool {
        self.files.len() >= self.limits.n_files
    }
}

/// The query of the page: what was done.
#[derive(Deserialize)]
pub(super) struct Asked {
    avis: Option<String>,
}

/// Removing a file.
#[derive(Deserialize)]
pub(super) struct Removed {
    #[serde(default)]
    csrf: String,
}

/// GET `/deposer/pieces`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let draft = match current::find(&mut conn, &state, &request, visit.at).await? {
        Current::Open(draft) => draft,
        other @ (Current::None | Current::Gone | Current::Sent(_) | Current::SentElsewhere) => {
            return elsewhere(&visit, &other);
        }
    };
    let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
    if let Some(address) = way::comes_first(Step::Files, &draft.typed, &visit.terms(&catalogue)) {
        return Ok(html::see_other(&address));
    }
    let files = files::of_draft(&mut conn, draft.id).await?;
    let mut page = FilesPage::new(&visit, Some(&draft), &files);
    page.notice = match asked.avis.as_deref() {
        Some("ajoute") => Some("Le fichier est ajouté."),
        Some("retire") => Some("Le fichier est retiré."),
        _ => None,
    };
    visit.answer(StatusCode::OK, &page)
}

/// POST `/deposer/pieces`: takes a file, if one was chosen, and leads on if that was asked.
pub(super) async fn add(
    state: Data<AppState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut form = UploadForm::new(&state, &request, payload);
    let answered = take(&visit, &mut form).await;
    form.drain().await;
    let (status, wait) = match answered {
        Err(AppError::Unavailable(cause)) => {
            tracing::error!(error = %cause, "a file could not be kept");
            (StatusCode::SERVICE_UNAVAILABLE, retry::WHEN_BUSY)
        }
        Err(AppError::TooMany(wait)) => (StatusCode::TOO_MANY_REQUESTS, wait),
        answered => return answered,
    };
    let mut page = FilesPage::new(&visit, None, &[]);
    page.is_busy = true;
    let answer = visit.answer(status, &page)?;
    Ok(retry::after(answer, wait))
}

async fn take(visit: &Visit<'_>, form: &mut UploadForm) -> Result<HttpResponse, AppError> {
    let state = visit.state;
    visit.visitor.check(state, &form.token().await?)?;
    let mut conn = state.pool.get().await?;
    let draft = match current::find(&mut conn, state, visit.request, visit.at).await? {
        Current::Open(draft) => draft,
        other @ (Current::None | Current::Gone | Current::Sent(_) | Current::SentElsewhere) => {
            return elsewhere(visit, &other);
        }
    };
    // Nothing is held while a slow visitor sends.
    drop(conn);
    let has_added = match keep(visit, form, &draft).await {
        Ok(has_added) => has_added,
        Err(UploadError::Over) => return Ok(html::see_other(FILES)),
        Err(UploadError::App(error)) => return Err(error),
        Err(refused) => return show_again(visit, &draft, &refused).await,
    };
    if form.button().await == "continuer" {
        let mut conn = state.pool.get().await?;
        let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
        let next = way::next_address(Step::Files, &draft.typed, &visit.terms(&catalogue));
        return Ok(html::see_other(&next));
    }
    if has_added {
        Ok(html::see_other(&format!("{FILES}?avis=ajoute")))
    } else {
        show_again(visit, &draft, &UploadError::NoFile).await
    }
}

/// Keeps the file of the form with the draft. Returns whether there was one.
async fn keep(
    visit: &Visit<'_>,
    form: &mut UploadForm,
    draft: &Draft,
) -> Result<bool, UploadError> {
    let state = visit.state;
    let received = form.file_from(state, visit.client(), visit.at).await?;
    let Some(received) = received else {
        return Ok(false);
    };
    let mut conn = state.pool.get().await.map_err(AppError::from)?;
    let until = (visit.at, current::keep(state));
    let most = state.settings.files.files_at_most;
    files::add_to_draft(&mut conn, draft.id, received, most, until).await?;
    state.scan_bell.notify_one();
    Ok(true)
}

/// The page with what is wrong beside the field; the files that are there stay.
async fn show_again(
    visit: &Visit<'_>,
    draft: &Draft,
    refused: &UploadError,
) -> Result<HttpResponse, AppError> {
    let mut conn = visit.state.pool.get().await?;
    let files = files::of_draft(&mut conn, draft.id).await?;
    let mut page = FilesPage::new(visit, Some(draft), &files);
    page.errors
        .push("fichier", refusal(refused).unwrap_or_default());
    visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// POST `/deposer/pieces/{file}/retirer`: a file of this visitor's draft, and no other.
pub(super) async fn remove(
    state: Data<AppState>,
    request: HttpRequest,
    file: Path<i64>,
    posted: Form<Removed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &posted.csrf)?;
    let mut conn = state.pool.get().await?;
    let draft = match current::find(&mut conn, &state, &request, visit.at).await? {
        Current::Open(draft) => draft,
        other @ (Current::None | Current::Gone | Current::Sent(_) | Current::SentElsewhere) => {
            return elsewhere(&visit, &other);
        }
    };
    let is_removed = files::remove_from_draft(&mut conn, draft.id, FileId(*file)).await?;
    let notice = if is_removed { "?avis=retire" } else { "" };
    Ok(html::see_other(&format!("{FILES}{notice}")))
}

/// Where a visitor without an open draft is led.
fn elsewhere(visit: &Visit<'_>, current: &Current) -> Result<HttpResponse, AppError> {
    match current {
        Current::Sent(_) => Ok(html::see_other(CONFIRMATION)),
        Current::None => Ok(step::lead_to(Step::Intent, Notice::OutOfOrder)),
        Current::SentElsewhere => gone::page(visit, Gone::SentElsewhere),
        Current::Gone | Current::Open(_) => gone::page(visit, Gone::Draft),
    }
}
