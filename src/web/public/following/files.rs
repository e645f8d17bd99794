//! Files on the person's case: those that wait for their message, and any of them to download.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::case::CaseId;
use crate::case::files::{self, CaseFile, FileAuthor, FileStage};
use crate::files::FileId;
use crate::web::form::FormErrors;
use crate::web::public::following::{CASE, FILES, current};
use crate::web::public::visit::Visit;
use crate::web::upload::{FileLine, FileScan, Limits, UploadError, UploadForm, refusal};
use crate::web::{AppError, AppState, download as given, html, retry};

/// `templates/public/following/files.html`.
#[derive(Template)]
#[template(path = "public/following/files.html")]
struct FilesPage {
    csrf: String,
    errors: FormErrors,
    notice: Option<&'static str>,
    limits: Limits,
    files: Vec<FileLine>,
    /// Days after which files without a message are erased.
    days: u32,
    trouble: Option<Trouble>,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Too many files at once, or the database is away.
    Busy,
    /// Another case than the form's is open now.
    OtherCase,
}

impl FilesPage {
    fn new(visit: &Visit<'_>, case: CaseId, files: &[CaseFile]) -> Self {
        Self {
            csrf: visit.csrf_for(case),
            ..Self::of(visit, files)
        }
    }

    /// The page when nothing could be done, without a form.
    fn in_trouble(visit: &Visit<'_>, trouble: Trouble) -> Self {
        Self {
            trouble: Some(trouble),
            ..Self::of(visit, &[])
        }
    }

    fn of(visit: &Visit<'_>, files: &[CaseFile]) -> Self {
        let waiting = files.iter().filter(|file| file.stage == FileStage::Pending);
        let has_scanner = visit.state.has_scanner();
        Self {
            csrf: String::new(),
            errors: FormErrors::default(),
            notice: None,
            limits: Limits::of(&visit.state.settings.files),
            files: waiting
                .map(|file| FileLine::new(file, has_scanner))
                .collect(),
            days: visit.state.settings.limits.draft_days,
            trouble: None,
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

/// The case that is open in this browser, if one is.
async fn open_case(visit: &Visit<'_>) -> Result<Option<CaseId>, AppError> {
    let mut conn = visit.state.pool.get().await?;
    let current = current::find(&mut conn, visit).await?;
    Ok(current.map(|current| current.opened.case))
}

/// The case of a posted form, or the answer when that case is not the one that is open.
async fn case_of(visit: &Visit<'_>, token: &str) -> Result<Result<CaseId, HttpResponse>, AppError> {
    let shown = visit.visitor.check_case(visit.state, token)?;
    let mut conn = visit.state.pool.get().await?;
    match current::find(&mut conn, visit).await? {
        Some(current) if current.serves(shown) => Ok(Ok(current.opened.case)),
        Some(_) => {
            let page = FilesPage::in_trouble(visit, Trouble::OtherCase);
            visit.answer(StatusCode::CONFLICT, &page).map(Err)
        }
        None => Ok(Err(html::see_other(&current::way_in()))),
    }
}

/// GET `/suivi/dossier/pieces`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let Some(case) = open_case(&visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    let mut conn = state.pool.get().await?;
    let files = files::of_case(&mut conn, case, Some(FileAuthor::Person)).await?;
    let mut page = FilesPage::new(&visit, case, &files);
    page.notice = match asked.avis.as_deref() {
        Some("ajoute") => Some("Le fichier est ajouté. Il partira avec votre prochain message."),
        Some("retire") => Some("Le fichier est retiré."),
        Some("code") => Some("Votre code est vérifié. Choisissez de nouveau votre fichier."),
        _ => None,
    };
    visit.answer(StatusCode::OK, &page)
}

/// GET `/suivi/dossier/pieces/{file}`: always to be saved, never shown by the browser.
pub(super) async fn download(
    state: Data<AppState>,
    request: HttpRequest,
    file: Path<i64>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let Some(case) = open_case(&visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    let mut conn = state.pool.get().await?;
    let file = files::find(&mut conn, case, FileId(*file)).await?;
    given::answer(&state, &file)
}

/// POST `/suivi/dossier/pieces`.
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
    let page = FilesPage::in_trouble(&visit, Trouble::Busy);
    let answer = visit.answer(status, &page)?;
    Ok(retry::after(answer, wait))
}

async fn take(visit: &Visit<'_>, form: &mut UploadForm) -> Result<HttpResponse, AppError> {
    let case = match case_of(visit, &form.token().await?).await? {
        Ok(case) => case,
        Err(answer) => return Ok(answer),
    };
    let refused = match keep(visit, form, case).await {
        Ok(has_added) if form.button().await == "continuer" => {
            let place = if has_added { "#ecrire" } else { "" };
            return Ok(html::see_other(&format!("{CASE}{place}")));
        }
        Ok(true) => return Ok(html::see_other(&format!("{FILES}?avis=ajoute"))),
        Ok(false) => UploadError::NoFile,
        Err(UploadError::App(error)) => return Err(error),
        Err(refused) => refused,
    };
    let mut conn = visit.state.pool.get().await?;
    let files = files::of_case(&mut conn, case, Some(FileAuthor::Person)).await?;
    let mut page = FilesPage::new(visit, case, &files);
    page.errors
        .push("fichier", refusal(&refused).unwrap_or_default());
    visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Keeps the file of the form until the message it goes with. Returns whether there was one.
async fn keep(visit: &Visit<'_>, form: &mut UploadForm, case: CaseId) -> Result<bool, UploadError> {
    let state = visit.state;
    let Some(received) = form.file_from(state, visit.client(), visit.at).await? else {
        return Ok(false);
    };
    let mut conn = state.pool.get().await.map_err(AppError::from)?;
    let most = state.settings.files.files_at_most;
    let owner = (case, FileAuthor::Person);
    files::add_pending(&mut conn, owner, received, most, visit.at).await?;
    state.scan_bell.notify_one();
    Ok(true)
}

/// POST `/suivi/dossier/pieces/{file}/retirer`: one that waits, and no other.
pub(super) async fn remove(
    state: Data<AppState>,
    request: HttpRequest,
    file: Path<i64>,
    posted: Form<Removed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let case = match case_of(&visit, &posted.csrf).await? {
        Ok(case) => case,
        Err(answer) => return Ok(answer),
    };
    let mut conn = state.pool.get().await?;
    let owner = (case, FileAuthor::Person);
    let is_removed = files::remove_pending(&mut conn, owner, FileId(*file)).await?;
    let notice = if is_removed { "?avis=retire" } else { "" };
    Ok(html::see_other(&format!("{FILES}{notice}")))
}
