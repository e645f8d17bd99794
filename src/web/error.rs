//! Every failure a visitor can meet, and the page each becomes.

use actix_web::error::UrlencodedError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use crate::case::NotifyError;
use crate::db::{DbError, PoolError};
use crate::web::headers;

/// A failure, named for the visitor's situation. `Display` is for the log.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No such page, or none that this visitor may know of.
    #[error("not found")]
    NotFound,
    /// Not sent by our form, or by a page of another site.
    #[error("the form was not ours")]
    BadForm,
    /// The body is larger than a form may be.
    #[error("the body is too large")]
    TooLarge,
    /// Signed in, but without the right.
    #[error("forbidden")]
    Forbidden,
    /// Sent to the back office without being signed in, or no longer.
    #[error("signed out")]
    SignedOut,
    /// Too many tries in a short time.
    #[error("too many requests")]
    TooMany,
    /// The database is away or the server is full: trying again helps.
    #[error("unavailable: {0}")]
    Unavailable(#[from] PoolError),
    /// Our fault; the cause is logged, never shown.
    #[error("internal: {0}")]
    Internal(anyhow::Error),
}

/// `templates/error.html`: stands alone, because a failure may come before any session or form.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    title: &'static str,
    message: &'static str,
}

/// Seconds after which a busy server may be asked again.
pub(crate) const RETRY_AFTER_SECONDS: &str = "10";

impl AppError {
    /// Whether trying again helps: a form is then shown again as it was typed.
    pub(crate) const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    const fn page(&self) -> ErrorPage {
        let (title, message) = match self {
            Self::NotFound => (
                "Cette page n’existe pas",
                "L’adresse est peut-être incomplète, ou la page a été déplacée.",
            ),
            Self::BadForm => (
                "Ce formulaire n’a pas pu être reçu",
                "Il ne vient pas d’une page de ce site, ou votre navigateur refuse les cookies. Revenez à la page précédente, rechargez-la, puis envoyez de nouveau.",
            ),
            Self::TooLarge => (
                "Votre envoi est trop volumineux",
                "Rien n’a été enregistré. Revenez à la page précédente, raccourcissez le texte, puis envoyez de nouveau.",
            ),
            Self::Forbidden => (
                "Vous n’avez pas accès à cette page",
                "Votre compte ne permet pas cette action.",
            ),
            Self::SignedOut => (
                "Vous n’êtes plus connecté",
                "Rien n’a été enregistré. Connectez-vous dans un autre onglet, puis actualisez cette page : votre navigateur proposera d’envoyer de nouveau ce que vous aviez saisi.",
            ),
            Self::TooMany => (
                "Trop de tentatives en peu de temps",
                "Patientez quelques minutes, puis réessayez. Vous pouvez aussi nous écrire.",
            ),
            Self::Unavailable(_) => (
                "Le service est momentanément indisponible",
                "Patientez une minute, puis réessayez. Ce que vous avez déjà enregistré est conservé.",
            ),
            Self::Internal(_) => (
                "Une erreur est survenue de notre côté",
                "Elle a été signalée à notre équipe. Réessayez dans quelques minutes ou écrivez-nous.",
            ),
        };
        ErrorPage { title, message }
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Forbidden | Self::SignedOut => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        if status.is_server_error() {
            tracing::error!(http.status = status.as_u16(), error = %self, "a request failed");
        }
        let mut answer = HttpResponse::build(status);
        answer
            .insert_header(ContentType::html())
            .insert_header((CACHE_CONTROL, "no-store"));
        for header in headers::ALWAYS {
            answer.insert_header(header);
        }
        if matches!(self, Self::Unavailable(_) | Self::TooMany) {
            answer.insert_header((RETRY_AFTER, RETRY_AFTER_SECONDS));
        }
        answer.body(
            self.page()
                .render()
                .unwrap_or_else(|_| self.page().title.to_owned()),
        )
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
        if let DbError::DatabaseError(kind, _) = error {
            use diesel::result::DatabaseErrorKind as Kind;
            if matches!(kind, Kind::ClosedConnection | Kind::UnableToSendCommand) {
                return Self::Unavailable(PoolError::Unavailable(format!("{kind:?}")));
            }
            return Self::Internal(anyhow::anyhow!("database: {kind:?}"));
        }
        Self::Internal(error.into())
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

/// Any address that is not ours.
pub(crate) async fn not_found() -> Result<HttpResponse, AppError> {
    std::future::ready(Err(AppError::NotFound)).await
}
