//! The parts of an upload's form: the token, the file, the button that was pressed.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::web::Payload;
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};

use crate::case::files::AddError;
use crate::db::PoolError;
use crate::files::{FileName, Incoming, ReceiveError, Received, Refused};
use crate::web::client::ClientAddress;
use crate::web::upload::body::Body;
use crate::web::{AppError, AppState};

/// Longest time an upload may take, however slow.
const LONGEST: Duration = Duration::from_mins(15);
/// Fewest bytes a second, on the whole: a place is not for who dribbles.
const SLOWEST: u32 = 1024;
/// Longest text field of such a form, in bytes.
const MAX_TEXT: usize = 1_000;

/// Why a file was not taken, for the page that says so.
#[derive(Debug)]
pub(crate) enum UploadError {
    /// None was chosen.
    NoFile,
    /// It is not one that is taken.
    Refused(Refused),
    /// There are as many as there may be.
    TooMany {
        /// Most files.
        max: usize,
    },
    /// The sending stopped before its end.
    Broken,
    /// The form cannot be read: its file has an impossible name, or it was cut.
    Unreadable,
    /// Where it should go has closed meanwhile.
    Over,
    /// Something else went wrong.
    App(AppError),
}

impl From<ReceiveError> for UploadError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Refused(refused) => Self::Refused(refused),
            ReceiveError::Unavailable(error) => Self::App(error.into()),
            ReceiveError::Database(error) => Self::App(error.into()),
        }
    }
}

impl From<AddError> for UploadError {
    fn from(error: AddError) -> Self {
        match error {
            AddError::TooMany { max } => Self::TooMany { max },
            AddError::DraftOver => Self::Over,
            AddError::Database(error) => Self::App(error.into()),
        }
    }
}

impl From<AppError> for UploadError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<MultipartError> for UploadError {
    fn from(error: MultipartError) -> Self {
        if matches!(
            error,
            MultipartError::Incomplete | MultipartError::Payload(_)
        ) {
            Self::Broken
        } else {
            Self::Unreadable
        }
    }
}

/// A form that is being read.
pub(crate) struct UploadForm {
    parts: Multipart,
    body: Body,
    patience: Patience,
    /// The part after the one that was asked for, if it was reached.
    is_over: bool,
}

/// How long to wait for the next bytes.
#[derive(Clone, Copy)]
struct Patience {
    silence: Duration,
    /// When what has arrived so far must be followed by more: the more has, the later.
    due: Instant,
    until: Instant,
}

impl Patience {
    fn new(silence: Duration) -> Self {
        let now = Instant::now();
        Self {
            silence,
            due: now + silence,
            until: now + LONGEST,
        }
    }

    fn next(self) -> Instant {
        self.until.min(self.due).min(Instant::now() + self.silence)
    }

    fn arrived(&mut self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.due += Duration::from_secs(1) * bytes / SLOWEST;
    }
}

impl UploadForm {
    /// Begins to read the body of a request.
    pub(crate) fn new(state: &AppState, request: &HttpRequest, payload: Payload) -> Self {
        let body = Body::new(payload);
        let silence = Duration::from_secs(state.settings.files.upload_silence_seconds);
        Self {
            parts: Multipart::new(request.headers(), body.clone()),
            body,
            patience: Patience::new(silence),
            is_over: false,
        }
    }

    /// The token, which stands before all else.
    ///
    /// # Errors
    /// [`AppError::BadForm`] when it does not.
    pub(crate) async fn token(&mut self) -> Result<String, AppError> {
        let first = self.next().await.ok().flatten();
        let first = first.filter(|field| field.name() == Some("csrf"));
        let mut first = first.ok_or(AppError::BadForm)?;
        text(&mut first, &mut self.patience)
            .await
            .map_err(|_unread| AppError::BadForm)
    }

    /// Takes the file of the form, if one was chosen, from a visitor who has not sent too many.
    ///
    /// # Errors
    /// Why it is not taken; nothing of it stays.
    pub(crate) async fn file_from(
        &mut self,
        state: &AppState,
        from: Option<ClientAddress>,
        at: DateTime<Utc>,
    ) -> Result<Option<Received>, UploadError> {
        let uploads = &state.public_limits.uploads;
        uploads.admit(from, at)?;
        if let Some(from) = from {
            uploads.count(from, at);
        }
        let full = || PoolError::Unavailable("too many uploads at once".to_owned());
        let slot = state.upload_slots.take(from);
        let slot = slot.ok_or_else(full).map_err(AppError::from)?;
        let received = self.file(state, at).await;
        drop(slot);
        received
    }

    async fn file(
        &mut self,
        state: &AppState,
        at: DateTime<Utc>,
    ) -> Result<Option<Received>, UploadError> {
        let Some(mut field) = self.next().await? else {
            return Ok(None);
        };
        let sent = field
            .content_disposition()
            .and_then(|said| said.get_filename());
        let name = sent.unwrap_or_default().to_owned();
        let Some(first) = piece(&mut field, &mut self.patience).await? else {
            // Browsers send an unnamed, empty file for none.
            return if name.is_empty() {
                Ok(None)
            } else {
                Err(UploadError::Refused(Refused::Empty))
            };
        };
        let max = state.settings.files.file_bytes;
        let mut incoming = Incoming::begin(&state.pool, FileName::parse(&name), max, at)
            .map_err(UploadError::Refused)?;
        incoming.push(&first).await?;
        drop(first);
        while let Some(bytes) = piece(&mut field, &mut self.patience).await? {
            incoming.push(&bytes).await?;
        }
        Ok(Some(incoming.finish().await?))
    }

    /// The button that was pressed, which stands after the file.
    pub(crate) async fn button(&mut self) -> String {
        while let Ok(Some(mut field)) = self.next().await {
            if field.name() == Some("suite") {
                return text(&mut field, &mut self.patience)
                    .await
                    .unwrap_or_default();
            }
            while let Ok(Some(_)) = piece(&mut field, &mut self.patience).await {}
        }
        String::new()
    }

    /// Reads what is left, within bounds: a browser shows no answer before it has sent all.
    pub(crate) async fn drain(self) {
        drop(self.parts);
        self.body.drain(self.patience.silence).await;
    }

    async fn next(&mut self) -> Result<Option<Field>, UploadError> {
        if self.is_over {
            return Ok(None);
        }
        let next = timeout_at(self.patience.next(), self.parts.next()).await;
        let next = next.map_err(|_silent| UploadError::Broken)?;
        self.is_over = !matches!(next, Some(Ok(_)));
        Ok(next.transpose()?)
    }
}

async fn piece(
    field: &mut Field,
    patience: &mut Patience,
) -> Result<Option<actix_web::web::Bytes>, UploadError> {
    let next = timeout_at(patience.next(), field.next()).await;
    let next = next.map_err(|_silent| UploadError::Broken)?.transpose()?;
    if let Some(bytes) = &next {
        patience.arrived(bytes.len());
    }
    Ok(next)
}

async fn text(field: &mut Field, patience: &mut Patience) -> Result<String, UploadError> {
    let mut text = Vec::new();
    while let Some(bytes) = piece(field, patience).await? {
        if text.len() + bytes.len() > MAX_TEXT {
            return Err(UploadError::Unreadable);
        }
        text.extend_from_slice(&bytes);
    }
    String::from_utf8(text).map_err(|_not_text| UploadError::Unreadable)
}
