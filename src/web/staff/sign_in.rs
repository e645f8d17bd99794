//! `/gestion/connexion`: e-mail and password, the first step of sign-in.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::staff::{self, Credentials, HashError, SignInContext, SignInError, StaffEmail};
use crate::web::csrf::Visitor;
use crate::web::form::FormErrors;
use crate::web::staff::guesses::Guesser;
use crate::web::staff::next_page::NextPage;
use crate::web::staff::session;
use crate::web::{AppError, AppState, html, retry, urls};

/// `templates/staff/sign_in.html`.
#[derive(Template)]
#[template(path = "staff/sign_in.html")]
struct SignInPage<'a> {
    csrf: String,
    email: &'a str,
    next: &'a NextPage,
    notice: Option<&'static str>,
    errors: FormErrors,
}

/// What the address of the page may say.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
    motif: String,
}

/// GET `/gestion/connexion`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
    session: Session,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let next = NextPage::parse(&asked.suite);
    if session::signed_in(&session).is_some() {
        return Ok(html::see_other(next.as_str()));
    }
    let visitor = Visitor::of(&state, &request);
    let page = SignInPage {
        csrf: visitor.token(&state, state.clock.now()),
        email: "",
        notice: notice(&asked, &next),
        next: &next,
        errors: FormErrors::default(),
    };
    let answer = html::page(StatusCode::OK, &page)?;
    std::future::ready(with_cookie(answer, &visitor, &state)).await
}

fn notice(asked: &Asked, next: &NextPage) -> Option<&'static str> {
    match asked.motif.as_str() {
        SIGNED_OUT => Some("Vous êtes déconnecté."),
        TOO_LATE => Some("Le temps prévu pour saisir le code est écoulé. Recommencez."),
        _ if *next != NextPage::inbox() => Some("Connectez-vous pour ouvrir cette page."),
        _ => None,
    }
}

/// Why one is sent back here.
pub(super) const SIGNED_OUT: &str = "sortie";
/// The code was owed for too long.
pub(super) const TOO_LATE: &str = "delai";

/// This page, saying why one is sent back to it.
pub(super) fn because(reason: &'static str) -> HttpResponse {
    html::see_other(&format!("{}?motif={reason}", urls::STAFF_SIGN_IN))
}

/// A page whose form is bound to the visitor's cookie, with that cookie when it is new.
pub(super) fn with_cookie(
    mut answer: HttpResponse,
    visitor: &Visitor,
    state: &AppState,
) -> Result<HttpResponse, AppError> {
    if let Some(cookie) = visitor.cookie(state) {
        answer
            .add_cookie(&cookie)
            .map_err(|error| AppError::Internal(error.into()))?;
    }
    Ok(answer)
}

/// What was typed.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct SignInForm {
    email: String,
    password: String,
    suite: String,
    csrf: String,
}

/// POST `/gestion/connexion`.
pub(super) async fn send(
    request: HttpRequest,
    state: Data<AppState>,
    session: Session,
    form: Form<SignInForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    Visitor::of(&state, &request).check(&state, &form.csrf)?;
    let missing = form.missing();
    if !missing.is_empty() {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, form, missing);
    }
    let guesser = Guesser::of(&request, &state);
    if let Some(wait) = guesser.wait() {
        let page = refuse(StatusCode::TOO_MANY_REQUESTS, form, one("email", TOO_OFTEN))?;
        return Ok(retry::after(page, wait));
    }
    let context = SignInContext {
        pool: &state.pool,
        hasher: &state.hasher,
        limits: &state.staff_limits(),
        place: guesser.place(),
    };
    let now = state.clock.now();
    match staff::with_password(context, form.credentials(), now).await {
        Ok(Some(account)) => {
            session::owe_code(&session, account, &NextPage::parse(&form.suite), now)?;
            Ok(html::see_other(urls::STAFF_SIGN_IN_CODE))
        }
        Ok(None) => {
            guesser.count();
            refuse(
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                one("email", REFUSED),
            )
        }
        Err(error) => match AppError::from(error) {
            error if error.is_unavailable() => {
                refuse(StatusCode::SERVICE_UNAVAILABLE, form, one("email", AWAY))
            }
            error => Err(error),
        },
    }
}

/// The same whether the address is unknown, the password wrong or the account locked: nobody learns
/// which addresses have an account.
const REFUSED: &str = "Vérifiez votre adresse e-mail et votre mot de passe. Après cinq essais \
                       manqués de suite, l’accès est suspendu une minute, puis de plus en plus \
                       longtemps\u{202f}; au dixième, il est verrouillé une heure là où vous \
                       êtes. Un administrateur peut le déverrouiller.";
/// Said when one address was wrong too often, whoever it tried.
pub(super) const TOO_OFTEN: &str =
    "Trop d’essais en peu de temps. Patientez un quart d’heure, puis recommencez.";
/// Said beside the form when the database or the machine cannot judge.
pub(super) const AWAY: &str =
    "Le service est momentanément indisponible. Patientez une minute, puis recommencez.";

/// One message, tied to its field.
pub(super) fn one(field: &'static str, message: &str) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.push(field, message);
    errors
}

fn refuse(
    status: StatusCode,
    form: SignInForm,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    let page = SignInPage {
        csrf: form.csrf,
        email: &form.email,
        next: &NextPage::parse(&form.suite),
        notice: None,
        errors,
    };
    let answer = html::page(status, &page)?;
    Ok(retry_if_busy(answer))
}

/// A form that is shown again because the service is away says when to try again.
pub(super) fn retry_if_busy(answer: HttpResponse) -> HttpResponse {
    if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
        return retry::after(answer, retry::WHEN_BUSY);
    }
    answer
}

impl SignInForm {
    fn missing(&self) -> FormErrors {
        let mut errors = FormErrors::default();
        if self.email.trim().is_empty() {
            errors.push("email", "Indiquez votre adresse e-mail.");
        }
        if self.password.is_empty() {
            errors.push("password", "Indiquez votre mot de passe.");
        }
        errors
    }

    fn credentials(&self) -> Credentials {
        Credentials {
            email: StaffEmail::parse(&self.email).ok(),
            password: self.password.as_str().into(),
        }
    }
}

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Pool(error) => Self::Unavailable(error),
            SignInError::Db(error) => error.into(),
            SignInError::Hash(error) => error.into(),
            SignInError::Totp(error) => Self::Internal(error.into()),
        }
    }
}

impl From<HashError> for AppError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Unavailable(crate::db::PoolError::Unavailable(
                "every core is hashing".to_owned(),
            )),
            HashError::Thread(_) | HashError::Argon2(_) => Self::Internal(error.into()),
        }
    }
}
