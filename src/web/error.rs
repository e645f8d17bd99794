//! Every failure a visitor can meet, and the page each becomes.

use actix_web::error::{PathError, QueryPayloadError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use chrono::TimeDelta;
use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind};

use crate::case::NotifyError;
use crate::case::files::CountError;
use crate::case::sight::Unseen;
use crate::db::{DbError, PoolError};
use crate::web::error_page::{BAD_ADDRESS, ErrorPage, INTERNAL, NOT_FOUND, TOO_LARGE};
use crate::web::retry;

/// A failure, named for the visitor's situation. `Display` is for the log.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No such page, or none that this visitor may know of.
    #[error("not found")]
    NotFound,
    /// An address that cannot be read.
    #[error("the address cannot be read")]
    BadAddress,
    /// Not sent by our form, or by a page of another site.
    #[error("the form was not ours")]
    BadForm,
    /// The body is larger than a form may be.
    #[error("the body is too large")]
    TooLarge,
    /// Signed in, but without the right.
    #[error("forbidden")]
    Forbidden,
    /// Signed in, but the case is in the archive, which is not theirs to read.
    #[error("archived")]
    Archived,
    /// Sent to the back office without being signed in, or no longer.
    #[error("signed out")]
    SignedOut,
    /// Too many tries in a short time; they count again after this long.
    #[error("too many requests")]
    TooMany(TimeDelta),
    /// The database is away or the server is full: trying again helps.
    #[error("unavailable: {0}")]
    Unavailable(#[from] PoolError),
    /// Our fault; the cause is logged, never shown.
    #[error("internal: {0}")]
    Internal(anyhow::Error),
}

impl From<CountError> for AppError {
    fn from(error: CountError) -> Self {
        match error {
            CountError::Unavailable(error) => error.into(),
            CountError::Database(error) => error.into(),
        }
    }
}

impl AppError {
    /// Whether trying again helps: a form is then shown again as it was typed.
    pub(crate) const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    fn page(&self) -> ErrorPage {
        let (title, message) = match self {
            Self::NotFound => NOT_FOUND,
            Self::BadAddress => BAD_ADDRESS,
            Self::BadForm => (
                "Ce formulaire n’a pas pu être reçu",
                "Il ne vient pas d’une page de ce site, ou votre navigateur refuse les cookies. Revenez à la page précédente, rechargez-la, puis envoyez de nouveau.",
            ),
            Self::TooLarge => TOO_LARGE,
            Self::Forbidden => return ErrorPage::forbidden(),
            Self::Archived => return ErrorPage::archived(),
            Self::SignedOut => return ErrorPage::signed_out(),
            Self::TooMany(wait) => {
                let message = format!(
                    "Réessayez {}. Si cela presse, écrivez-nous dès maintenant par l’une de ces voies.",
                    retry::words(wait)
                );
                return ErrorPage::new("Trop de tentatives en peu de temps", message);
            }
            Self::Unavailable(_) => (
                "Le service est momentanément indisponible",
                "Patientez une minute, puis réessayez. Ce que vous avez déjà enregistré est conservé.",
            ),
            Self::Internal(_) => INTERNAL,
        };
        ErrorPage::new(title, message)
    }

    /// The answer to a colleague at their desk.
    pub(super) fn at_the_desk(&self) -> HttpResponse {
        self.on(&self.page().at_the_desk())
    }

    fn on(&self, page: &ErrorPage) -> HttpResponse {
        let mut answer = page.answer(self.status_code());
        if let Some(wait) = self.wait() {
            answer
                .headers_mut()
                .insert(RETRY_AFTER, retry::header(wait));
        }
        answer
    }

    /// When trying again helps.
    const fn wait(&self) -> Option<TimeDelta> {
        match self {
            Self::Unavailable(_) => Some(retry::WHEN_BUSY),
            Self::TooMany(wait) => Some(*wait),
            Self::NotFound
            | Self::BadAddress
            | Self::BadForm
            | Self::TooLarge
            | Self::Forbidden
            | Self::Archived
            | Self::SignedOut
            | Self::Internal(_) => None,
        }
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadAddress | Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Forbidden | Self::Archived | Self::SignedOut => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        if status.is_server_error() {
            tracing::error!(http.status = status.as_u16(), error = %self, "a request failed");
        }
        self.on(&self.page())
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        if matches!(error, DbError::NotFound) {
            return Self::NotFound;
        }
        if matches!(error, DbError::BrokenTransactionManager) {
            return Self::Unavailable(PoolError::Unavailable("broken transaction".to_owned()));
        }
        // The details of a refusal quote values: only its kind may be logged.
        if let DbError::DatabaseError(kind, told) = error {
            if passes_by_itself(kind, told.as_ref()) {
                return Self::Unavailable(PoolError::Unavailable(format!("{kind:?}")));
            }
            return Self::Internal(anyhow::anyhow!("database: {kind:?}"));
        }
        Self::Internal(error.into())
    }
}

/// Whether the database could not answer *now*: it went away, is shutting down or starting, is out
/// of room, became a read-only standby, or broke a deadlock.
///
/// diesel keeps no SQLSTATE. What it does not name is of this sort when PostgreSQL points neither at
/// a place in the statement, as it does for a fault of ours, nor at a table.
fn passes_by_itself(
    kind: DatabaseErrorKind,
    told: &(dyn DatabaseErrorInformation + Send + Sync),
) -> bool {
    use DatabaseErrorKind as Kind;
    let is_named = matches!(
        kind,
        Kind::ClosedConnection
            | Kind::UnableToSendCommand
            | Kind::ReadOnlyTransaction
            | Kind::SerializationFailure
    );
    let is_elsewhere = told.statement_position().is_none() && told.table_name().is_none();
    is_named || (matches!(kind, Kind::Unknown) && is_elsewhere)
}

impl From<Unseen> for AppError {
    fn from(error: Unseen) -> Self {
        match error {
            Unseen::NotThere => Self::NotFound,
            Unseen::Sensitive => Self::Forbidden,
            Unseen::Archived => Self::Archived,
            Unseen::Database(error) => error.into(),
        }
    }
}

impl From<NotifyError> for AppError {
    fn from(error: NotifyError) -> Self {
        match error {
            NotifyError::Database(error) => error.into(),
            NotifyError::Words(error) => Self::Internal(error.into()),
        }
    }
}

impl From<UrlencodedError> for AppError {
    fn from(error: UrlencodedError) -> Self {
        if matches!(error, UrlencodedError::Overflow { .. }) {
            Self::TooLarge
        } else {
            Self::BadForm
        }
    }
}

impl From<QueryPayloadError> for AppError {
    fn from(_: QueryPayloadError) -> Self {
        Self::BadAddress
    }
}

impl From<PathError> for AppError {
    fn from(_: PathError) -> Self {
        Self::NotFound
    }
}

/// Any address that is not ours.
pub(crate) async fn not_found() -> Result<HttpResponse, AppError> {
    std::future::ready(Err(AppError::NotFound)).await
}
