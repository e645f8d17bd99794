//! Sessions of the back office in PostgreSQL, behind the interface of `actix-session`.

use std::collections::HashMap;

use actix_session::config::BrowserSession;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionMiddleware};
use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::middleware::Next;
use actix_web::web::Data;
use data_encoding::BASE64URL_NOPAD;

use crate::db::PoolError;
use crate::keys::{random_bytes, token_digest};
use crate::staff::{StaffId, sessions};
use crate::web::staff::session::account_of;
use crate::web::{AppError, AppState};

/// The sessions of the database.
#[derive(Clone)]
pub(super) struct PgSessionStore(Data<AppState>);

/// What the middleware hands over and takes back: values in JSON by name.
type State = HashMap<String, String>;

/// Stands in a state that could not be loaded: the guard answers 503. Answering "no session"
/// would sign people out, and an error of the store becomes a bare 500.
const UNAVAILABLE: &str = "unavailable";

/// Whether the database could not say which session this is.
pub(super) fn is_unavailable(session: &Session) -> bool {
    session.contains_key(UNAVAILABLE)
}

/// The middleware of the back office. The cookie holds a random key, signed, and lives as long as
/// the browser; idle and absolute expiry are the store's.
pub(super) fn middleware(state: &Data<AppState>) -> SessionMiddleware<PgSessionStore> {
    let https = state.is_https();
    // `__Host-` binds the cookie to this very host, and asks for the path `/`.
    let (name, path) = if https {
        ("__Host-gestion", "/")
    } else {
        ("gestion", "/gestion")
    };
    let cookies = &state.keys.cookies;
    let key = Key::from(&[cookies.mac(&[b"1"]), cookies.mac(&[b"2"])].concat());
    SessionMiddleware::builder(PgSessionStore(state.clone()), key)
        .cookie_name(name.to_owned())
        .cookie_path(path.to_owned())
        .cookie_secure(https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_content_security(actix_session::config::CookieContentSecurity::Signed)
        .session_lifecycle(BrowserSession::default())
        .build()
}

/// Turns the bare 500 of a session that could not be written into our 503.
pub(super) async fn answer_unavailable(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    next.call(request).await.map_err(|error| {
        let is_ours = error.as_error::<InternalError<SaveError>>().is_some()
            || error.as_error::<InternalError<UpdateError>>().is_some()
            || error.as_error::<InternalError<anyhow::Error>>().is_some();
        if is_ours {
            AppError::Unavailable(PoolError::Unavailable("session".to_owned())).into()
        } else {
            error
        }
    })
}

impl PgSessionStore {
    async fn read(&self, key: &SessionKey) -> Result<Option<State>, AppError> {
        let mut conn = self.0.pool.get().await?;
        let limits = self.0.staff_limits();
        let found = sessions::load(&mut conn, &digest(key), &limits, self.0.clock.now()).await?;
        Ok(found.and_then(|json| serde_json::from_str(&json).ok()))
    }

    async fn begin(&self, state: &State) -> Result<SessionKey, AppError> {
        let key = SessionKey::try_from(BASE64URL_NOPAD.encode(&random_bytes::<32>()))
            .map_err(|error| AppError::Internal(error.into()))?;
        let mut conn = self.0.pool.get().await?;
        let (account, json) = to_row(state)?;
        sessions::save(&mut conn, &digest(&key), account, &json, self.0.clock.now()).await?;
        Ok(key)
    }

    async fn write(&self, key: &SessionKey, state: &State) -> Result<(), AppError> {
        let mut conn = self.0.pool.get().await?;
        let (account, json) = to_row(state)?;
        Ok(sessions::update(&mut conn, &digest(key), account, &json).await?)
    }

    async fn end(&self, key: &SessionKey) -> Result<(), AppError> {
        let mut conn = self.0.pool.get().await?;
        Ok(sessions::delete(&mut conn, &digest(key)).await?)
    }
}

fn digest(key: &SessionKey) -> sessions::KeyDigest {
    token_digest(key.as_ref().as_bytes())
}

fn to_row(state: &State) -> Result<(Option<StaffId>, String), AppError> {
    let json = serde_json::to_string(state).map_err(|error| AppError::Internal(error.into()))?;
    Ok((account_of(state), json))
}

/// Logged here; what the middleware makes of it says nothing more.
fn logged(error: &AppError) -> anyhow::Error {
    tracing::error!(error = %error, "a session could not be read or written");
    anyhow::anyhow!("session store")
}

impl SessionStore for PgSessionStore {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        match self.read(key).await {
            Ok(found) => Ok(found),
            Err(error) => {
                logged(&error);
                let unavailable = (UNAVAILABLE.to_owned(), "true".to_owned());
                Ok(Some(State::from([unavailable])))
            }
        }
    }

    async fn save(&self, state: State, _: &Duration) -> Result<SessionKey, SaveError> {
        let begun = self.begin(&state).await;
        begun.map_err(|error| SaveError::Other(logged(&error)))
    }

    async fn update(
        &self,
        key: SessionKey,
        state: State,
        _: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        match self.write(&key, &state).await {
            Ok(()) => Ok(key),
            Err(error) => Err(UpdateError::Other(logged(&error))),
        }
    }

    /// Loading a session is what keeps it alive.
    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        std::future::ready(Ok(())).await
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        self.end(key).await.map_err(|error| logged(&error))
    }
}
