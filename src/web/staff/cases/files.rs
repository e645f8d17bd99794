//! Files that a member of staff adds to a case: they wait for that person's next message.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::case::files::{self, FileAuthor, FileStage};
use crate::case::{CaseId, Reference, sight};
use crate::files::FileId;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::desk::parse_reference;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::upload::{FileLine, FileScan, Limits, UploadError, UploadForm, refusal};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/cases/files.html`.
#[derive(Template)]
#[template(path = "staff/cases/files.html")]
struct FilesPage {
    shell: Shell,
    reference: Reference,
    address: String,
    errors: FormErrors,
    limits: Limits,
    files: Vec<FileLine>,
}

/// A case and who adds files to it.
struct Adding {
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Reference,
    case: CaseId,
}

impl Adding {
    async fn open(
        state: Data<AppState>,
        current: CurrentStaff,
        reference: &str,
    ) -> Result<Self, AppError> {
        current.require(Right::WorkCases)?;
        let reference = parse_reference(reference)?;
        let mut conn = state.pool.get().await?;
        let case = sight::open(&mut conn, reference, current.viewer(&state)).await?;
        drop(conn);
        Ok(Self {
            state,
            current,
            reference,
            case,
        })
    }

    fn owner(&self) -> (CaseId, FileAuthor) {
        (self.case, FileAuthor::Staff(self.current.id()))
    }

    fn address(&self) -> String {
        urls::staff_case_part(&self.reference, "pieces")
    }

    async fn page(
        &self,
        status: StatusCode,
        refused: Option<&UploadError>,
    ) -> Result<HttpResponse, AppError> {
        let mut conn = self.state.pool.get().await?;
        let (case, author) = self.owner();
        let files = files::of_case(&mut conn, case, Some(author)).await?;
        let mut errors = FormErrors::default();
        if let Some(message) = refused.and_then(refusal) {
            errors.push("fichier", message);
        }
        let has_scanner = self.state.has_scanner();
        let waiting = files
            .iter()
            .filter(|file| file.stage == FileStage::Pending && file.answer.is_none());
        let page = FilesPage {
            shell: self.current.shell(&self.state),
            reference: self.reference,
            address: self.address(),
            errors,
            limits: Limits::of(&self.state.settings.files),
            files: waiting
                .map(|file| FileLine::new(file, has_scanner))
                .collect(),
        };
        html::page(status, &page)
    }

    /// Keeps the file of the form until the message it goes with. Returns whether there was one.
    async fn keep(&self, form: &mut UploadForm) -> Result<bool, UploadError> {
        let at = self.state.clock.now();
        let Some(received) = form.file_from(&self.state, None, at).await? else {
            return Ok(false);
        };
        let format = received.format();
        let mut conn = self.state.pool.get().await.map_err(AppError::from)?;
        let most = self.state.settings.files.files_at_most;
        let file = files::add_pending(&mut conn, self.owner(), received, most, at).await?;
        drop(conn);
        let counted = files::count_pages(&self.state.pool, file, format);
        counted.await.map_err(AppError::from)?;
        self.state.scan_bell.notify_one();
        Ok(true)
    }
}

/// GET `/gestion/dossiers/{reference}/pieces`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
) -> Result<HttpResponse, AppError> {
    let adding = Adding::open(state, current, &reference).await?;
    adding.page(StatusCode::OK, None).await
}

/// POST `/gestion/dossiers/{reference}/pieces`.
pub(in crate::web::staff) async fn add(
    state: Data<AppState>,
    current: CurrentStaff,
    request: HttpRequest,
    reference: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, AppError> {
    let mut form = UploadForm::new(&state, &request, payload);
    let answered = take(state, current, &reference, &mut form).await;
    form.drain().await;
    answered
}

async fn take(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: &str,
    form: &mut UploadForm,
) -> Result<HttpResponse, AppError> {
    current.check(&state, &form.token().await?)?;
    let adding = Adding::open(state, current, reference).await?;
    let refused = match adding.keep(form).await {
        Ok(true) => return Ok(html::see_other(&adding.address())),
        Ok(false) => UploadError::NoFile,
        Err(UploadError::App(error)) => return Err(error),
        Err(refused) => refused,
    };
    adding
        .page(StatusCode::UNPROCESSABLE_ENTITY, Some(&refused))
        .await
}

/// What is posted to remove one.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct Nothing {}

/// POST `/gestion/dossiers/{reference}/pieces/{file}/retirer`: one of one's own that waits.
pub(in crate::web::staff) async fn remove(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Path<(String, i64)>,
    _checked: StaffForm<Nothing>,
) -> Result<HttpResponse, AppError> {
    let (reference, file) = asked.into_inner();
    let adding = Adding::open(state, current, &reference).await?;
    let mut conn = adding.state.pool.get().await?;
    files::remove_pending(&mut conn, adding.owner(), FileId(file)).await?;
    Ok(html::see_other(&adding.address()))
}
