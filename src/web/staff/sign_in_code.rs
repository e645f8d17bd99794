//! `/gestion/connexion/code`: the authenticator's code, the second step of sign-in.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::staff::{self, SignInContext};
use crate::web::csrf::Visitor;
use crate::web::form::FormErrors;
use crate::web::staff::guesses::Guesser;
use crate::web::staff::{session, sign_in};
use crate::web::{AppError, AppState, html, retry, urls};

/// `templates/staff/sign_in_code.html`.
#[derive(Template)]
#[template(path = "staff/sign_in_code.html")]
struct CodePage {
    csrf: String,
    errors: FormErrors,
}

/// GET `/gestion/connexion/code`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
    session: Session,
) -> Result<HttpResponse, AppError> {
    let now = state.clock.now();
    if session::code_owed(&session, &state.staff_limits(), now).is_none() {
        return Ok(sign_in::because(sign_in::TOO_LATE));
    }
    let visitor = Visitor::of(&state, &request);
    let page = CodePage {
        csrf: visitor.token(&state, now),
        errors: FormErrors::default(),
    };
    let answer = html::page(StatusCode::OK, &page)?;
    std::future::ready(sign_in::with_cookie(answer, &visitor, &state)).await
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    pub(super) code: String,
    pub(super) csrf: String,
}

/// POST `/gestion/connexion/code`.
pub(super) async fn send(
    request: HttpRequest,
    state: Data<AppState>,
    session: Session,
    form: Form<CodeForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    Visitor::of(&state, &request).check(&state, &form.csrf)?;
    let now = state.clock.now();
    let limits = state.staff_limits();
    let Some((account, next)) = session::code_owed(&session, &limits, now) else {
        return Ok(sign_in::because(sign_in::TOO_LATE));
    };
    let code = form.code.trim();
    if code.is_empty() {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, form.csrf, MISSING);
    }
    let guesser = Guesser::of(&request, &state);
    if let Some(wait) = guesser.wait() {
        let page = refuse(StatusCode::TOO_MANY_REQUESTS, form.csrf, sign_in::TOO_OFTEN)?;
        return Ok(retry::after(page, wait));
    }
    let context = SignInContext {
        pool: &state.pool,
        hasher: &state.hasher,
        limits: &limits,
        place: guesser.place(),
    };
    match staff::with_code(context, &state.keys.totp, account, code, now).await {
        Ok(Some(signed_in)) => {
            session::sign_in(&request, &state, &session, signed_in.member.id)?;
            if signed_in.by_recovery_code {
                return Ok(html::see_other(&format!(
                    "{}?fait=secours",
                    urls::STAFF_OWN
                )));
            }
            Ok(html::see_other(next.as_str()))
        }
        Ok(None) => {
            guesser.count();
            refuse(StatusCode::UNPROCESSABLE_ENTITY, form.csrf, REFUSED)
        }
        Err(error) => match AppError::from(error) {
            error if error.is_unavailable() => {
                refuse(StatusCode::SERVICE_UNAVAILABLE, form.csrf, sign_in::AWAY)
            }
            error => Err(error),
        },
    }
}

/// Nothing was typed.
pub(super) const MISSING: &str =
    "Indiquez le code à six chiffres qu’affiche votre application d’authentification.";
const REFUSED: &str = "Ce code ne convient pas\u{202f}: chaque code ne sert qu’une fois et pendant peu \
                       de temps. Attendez le suivant, puis saisissez-le.";

fn refuse(status: StatusCode, csrf: String, message: &str) -> Result<HttpResponse, AppError> {
    let page = CodePage {
        csrf,
        errors: sign_in::one("code", message),
    };
    Ok(sign_in::retry_if_busy(html::page(status, &page)?))
}
