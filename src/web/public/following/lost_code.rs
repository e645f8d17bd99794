//! A lost access code: reference and address in, the same answer out whatever is known of them.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;
use tokio::time::Instant;

use crate::case::{self, Reference};
use crate::mail::EmailAddress;
use crate::web::form::FormErrors;
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState};

/// `templates/public/following/lost_code.html`.
#[derive(Default, Template)]
#[template(path = "public/following/lost_code.html")]
struct LostCodePage {
    csrf: String,
    errors: FormErrors,
    reference: String,
    email: String,
    is_sent: bool,
    is_busy: bool,
}

/// The form, as typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    email: String,
}

/// GET `/suivi/code-perdu`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let page = LostCodePage {
        csrf: visit.csrf(),
        ..LostCodePage::default()
    };
    std::future::ready(visit.answer(StatusCode::OK, &page)).await
}

/// POST `/suivi/code-perdu`.
pub(super) async fn send(
    state: Data<AppState>,
    request: HttpRequest,
    typed: Form<Typed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &typed.csrf)?;
    let started = Instant::now();
    let (asked, from) = (&state.public_limits.lost_codes, visit.client());
    asked.admit(from, visit.at)?;
    if let Some(from) = from {
        asked.count(from, visit.at);
    }
    let mut page = LostCodePage {
        csrf: visit.csrf(),
        reference: typed.reference.clone(),
        email: typed.email.clone(),
        ..LostCodePage::default()
    };
    let (reference, email) = match read(&typed) {
        Ok(read) => read,
        Err(errors) => {
            page.errors = errors;
            return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    match ask(&visit, reference, &email).await {
        Ok(()) => page.is_sent = true,
        Err(AppError::Unavailable(cause)) => {
            tracing::error!(error = %cause, "a lost code could not be dealt with");
            page.is_busy = true;
            return visit.answer(StatusCode::SERVICE_UNAVAILABLE, &page);
        }
        Err(other) => return Err(other),
    }
    state.outbox_bell.notify_one();
    // The same time whether there is such a case or not: finding one takes longer.
    tokio::time::sleep_until(started + state.staff_limits().refusal_takes).await;
    visit.answer(StatusCode::OK, &page)
}

/// What is plainly wrong with the form itself; nothing about the case.
fn read(typed: &Typed) -> Result<(Option<Reference>, EmailAddress), FormErrors> {
    let mut errors = FormErrors::default();
    if typed.reference.trim().is_empty() {
        errors.push("reference", "Indiquez la référence de votre dossier.");
    }
    let email = EmailAddress::parse(&typed.email);
    match email {
        Ok(email) if errors.is_empty() => Ok((Reference::parse(&typed.reference), email)),
        Ok(_) => Err(errors),
        Err(_) => {
            errors.push(
                "email",
                "Indiquez votre adresse e-mail, par exemple nom@exemple.fr.",
            );
            Err(errors)
        }
    }
}

async fn ask(
    visit: &Visit<'_>,
    reference: Option<Reference>,
    email: &EmailAddress,
) -> Result<(), AppError> {
    let mut conn = visit.state.pool.get().await?;
    let Some(reference) = reference else {
        return Ok(());
    };
    let office = &visit.state.office;
    Ok(case::lost_code(&mut conn, office, reference, email, visit.at).await?)
}
