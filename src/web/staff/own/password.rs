//! Changing one's password.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::staff::{self, Credentials, Password, SignInContext, StaffEmail};
use crate::web::form::FormErrors;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::enrolment::password_message;
use crate::web::staff::form::StaffForm;
use crate::web::staff::guesses::Guesser;
use crate::web::staff::own::page::{self, Said};
use crate::web::staff::own::sessions;
use crate::web::staff::sign_in;
use crate::web::{AppError, AppState, html, urls};

/// What was typed; none of it is ever shown again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct PasswordForm {
    current: String,
    password: String,
    again: String,
}

/// POST `/gestion/mon-compte/mot-de-passe`.
pub(in crate::web::staff) async fn update(
    request: HttpRequest,
    state: Data<AppState>,
    current: CurrentStaff,
    session: Session,
    form: StaffForm<PasswordForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.0;
    let email = email_of(&state, &current).await?;
    let password = match form.parse(&email, current.name()) {
        Ok(password) => password,
        Err(errors) => return refuse(&state, &current, &session, errors).await,
    };
    if !is_own_password(&request, &state, &email, &form.current).await? {
        let errors = sign_in::one("current", WRONG);
        return refuse(&state, &current, &session, errors).await;
    }
    let hash = state.hasher.hash(password).await?;
    let (id, now) = (current.id(), state.clock.now());
    let mut conn = state.pool.get().await?;
    let keep = sessions::own_key(&mut conn, &state, id, &session).await?;
    staff::change_password(&mut conn, id, &hash, keep.as_ref(), now).await?;
    Ok(html::see_other(&format!(
        "{}?fait=mot-de-passe",
        urls::STAFF_OWN
    )))
}

async fn refuse(
    state: &AppState,
    current: &CurrentStaff,
    session: &Session,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    let said = Said {
        errors,
        ..Said::default()
    };
    page::page(
        state,
        current,
        session,
        StatusCode::UNPROCESSABLE_ENTITY,
        said,
    )
    .await
}

/// Said when the present password is not the one typed, or is not judged for a while.
pub(super) const WRONG: &str = "Saisissez votre mot de passe actuel. Après plusieurs essais \
                                manqués, il n’est plus vérifié pendant un moment.";

/// The address that the person signs in with.
pub(super) async fn email_of(state: &AppState, current: &CurrentStaff) -> Result<String, AppError> {
    let mut conn = state.pool.get().await?;
    let account = staff::account(&mut conn, current.id()).await?;
    Ok(account
        .and_then(|account| account.email)
        .unwrap_or_default())
}

/// Whether `typed` is the password of `email`, counted like an attempt to sign in: an open session
/// that someone else sits at must not become a place to guess from.
pub(super) async fn is_own_password(
    request: &HttpRequest,
    state: &AppState,
    email: &str,
    typed: &str,
) -> Result<bool, AppError> {
    let guesser = Guesser::of(request, state);
    if typed.is_empty() || guesser.wait().is_some() {
        return Ok(false);
    }
    let context = SignInContext {
        pool: &state.pool,
        hasher: &state.hasher,
        limits: &state.staff_limits(),
        place: guesser.place(),
    };
    let credentials = Credentials {
        email: StaffEmail::parse(email).ok(),
        password: typed.into(),
    };
    let is_right = staff::with_password(context, credentials, state.clock.now())
        .await?
        .is_some();
    if !is_right {
        guesser.count();
    }
    Ok(is_right)
}

impl PasswordForm {
    /// The new password, or everything that is wrong.
    fn parse(&self, email: &str, name: &str) -> Result<Password, FormErrors> {
        let password = Password::parse(&self.password, email, name);
        let mut errors = FormErrors::default();
        if self.current.is_empty() {
            errors.push("current", "Saisissez votre mot de passe actuel.");
        }
        if let Err(error) = &password {
            errors.push("password", password_message(*error));
        } else if self.again != self.password {
            errors.push("again", "Saisissez deux fois le même mot de passe.");
        }
        match password {
            Ok(password) if errors.is_empty() => Ok(password),
            _ => Err(errors),
        }
    }
}
