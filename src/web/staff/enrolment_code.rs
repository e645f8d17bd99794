//! `/gestion/activation/{token}/code`: the authenticator is set up and proved; then one is in.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::staff::{self, EnrolError, Invitation, QrPath};
use crate::web::csrf::Visitor;
use crate::web::form::FormErrors;
use crate::web::staff::guesses::Guesser;
use crate::web::staff::own::codes;
use crate::web::staff::sign_in_code::{CodeForm, MISSING};
use crate::web::staff::{enrolment, session, sign_in};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/enrolment_code.html`.
#[derive(Template)]
#[template(path = "staff/enrolment_code.html")]
struct EnrolmentCodePage {
    csrf: String,
    qr: QrPath,
    /// The secret in groups, to type by hand.
    groups: Vec<String>,
    errors: FormErrors,
}

/// GET `/gestion/activation/{token}/code`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some((_, invitation)) = enrolment::invitation(&state, &token).await? else {
        return enrolment::spent();
    };
    let visitor = Visitor::of(&state, &request);
    let made = visitor.token(&state, state.clock.now());
    match page(invitation, made, FormErrors::default())? {
        Some(page) => {
            let answer = enrolment::discreet(html::page(StatusCode::OK, &page)?);
            sign_in::with_cookie(answer, &visitor, &state)
        }
        None => Ok(html::see_other(&urls::staff_activation(&token))),
    }
}

/// The page, or none before a password is chosen.
fn page(
    invitation: Invitation,
    csrf: String,
    errors: FormErrors,
) -> Result<Option<EnrolmentCodePage>, AppError> {
    let (Some(secret), Some((email, _))) = (invitation.totp, invitation.identity) else {
        return Ok(None);
    };
    let url = secret.url(email.as_str()).map_err(internal)?;
    Ok(Some(EnrolmentCodePage {
        csrf,
        qr: staff::draw_qr(&url).map_err(internal)?,
        groups: secret.groups(),
        errors,
    }))
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> AppError {
    AppError::Internal(anyhow::Error::new(error))
}

/// POST `/gestion/activation/{token}/code`.
pub(super) async fn send(
    request: HttpRequest,
    state: Data<AppState>,
    session: Session,
    token: Path<String>,
    form: Form<CodeForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    Visitor::of(&state, &request).check(&state, &form.csrf)?;
    let Some((link, invitation)) = enrolment::invitation(&state, &token).await? else {
        return enrolment::spent();
    };
    if form.code.trim().is_empty() {
        return refuse(invitation, form.csrf, MISSING);
    }
    let mut conn = state.pool.get().await?;
    let now = state.clock.now();
    let proof = (form.code.as_str(), Guesser::of(&request, &state).place());
    match staff::confirm_code(&mut conn, &state.keys.totp, &link, proof, now).await {
        Ok(enrolled) => {
            session::sign_in(&request, &state, &session, enrolled.member.id)?;
            codes::shown(&enrolled.recovery_codes, true).map(enrolment::discreet)
        }
        Err(EnrolError::LinkSpent) => enrolment::spent(),
        Err(EnrolError::WrongCode) => refuse(invitation, form.csrf, WRONG),
        Err(error) => Err(error.into()),
    }
}

const WRONG: &str = "Ce code ne convient pas. Vérifiez que l’heure de votre téléphone est réglée \
                     automatiquement, puis saisissez le code affiché.";

fn refuse(invitation: Invitation, csrf: String, message: &str) -> Result<HttpResponse, AppError> {
    let page = page(invitation, csrf, sign_in::one("code", message))?;
    let page = page.ok_or(AppError::BadForm)?;
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page).map(enrolment::discreet)
}
