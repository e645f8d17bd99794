//! The way in: reference and access code, by POST only; a wrong one and an unknown one are told
//! the same, after the same time.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;
use tokio::time::Instant;

use crate::calendar::{paris_date, plain_date};
use crate::case::{AccessCode, CaseId, Reference, dossier, erase};
use crate::db::DbError;
use crate::web::form::FormErrors;
use crate::web::public::following::CASE;
use crate::web::public::following::guesses;
use crate::web::public::following::opened::{self, Opened, Way};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState, html, retry, urls};

/// `templates/public/following/entry.html`.
#[derive(Default, Template)]
#[template(path = "public/following/entry.html")]
struct EntryPage {
    csrf: String,
    errors: FormErrors,
    reference: String,
    notice: Option<&'static str>,
    is_busy: bool,
    /// Too many wrong codes: the way out is a new one.
    stopped: Option<TimeDelta>,
}

/// The form, as typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    code: String,
}

/// The query of the page.
#[derive(Deserialize)]
pub(super) struct Asked {
    avis: Option<String>,
}

/// GET `/suivi`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let notice = match asked.avis.as_deref() {
        Some("expire") => Some(
            "Pour protéger vos données, votre dossier a été refermé. Indiquez de nouveau la \
             référence et le code.",
        ),
        Some("ferme") => Some("Votre dossier est refermé."),
        _ => None,
    };
    let page = EntryPage {
        csrf: visit.csrf(),
        notice,
        ..EntryPage::default()
    };
    std::future::ready(visit.answer(StatusCode::OK, &page)).await
}

/// POST `/suivi`.
pub(super) async fn open(
    state: Data<AppState>,
    request: HttpRequest,
    typed: Form<Typed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &typed.csrf)?;
    let page = EntryPage {
        csrf: visit.csrf(),
        reference: typed.reference.clone(),
        ..EntryPage::default()
    };
    match open_with(&visit, &typed.reference, &typed.code).await {
        Ok(Ok(opened)) => with_cookie(html::see_other(CASE), &opened.cookie(&state, visit.at)),
        Ok(Err(errors)) => {
            let page = EntryPage { errors, ..page };
            visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(AppError::TooMany(wait)) => {
            let page = EntryPage {
                stopped: Some(wait),
                ..page
            };
            let answer = visit.answer(StatusCode::TOO_MANY_REQUESTS, &page)?;
            Ok(retry::after(answer, wait))
        }
        Err(AppError::Unavailable(cause)) => {
            tracing::error!(error = %cause, "a case could not be opened");
            let page = EntryPage {
                is_busy: true,
                ..page
            };
            visit.answer(StatusCode::SERVICE_UNAVAILABLE, &page)
        }
        Err(other) => Err(other),
    }
}

/// The case that a reference and a code open together, or what to tell the visitor: after the same
/// time whatever is wrong, and not without end.
///
/// # Errors
/// When too much was tried, or the database fails.
pub(super) async fn open_with(
    visit: &Visit<'_>,
    reference: &str,
    code: &str,
) -> Result<Result<Opened, FormErrors>, AppError> {
    let started = Instant::now();
    if let Some(wait) = guesses::wait(visit) {
        return Err(AppError::TooMany(wait));
    }
    if let Some(opened) = find(visit, reference, code).await? {
        return Ok(Ok(opened));
    }
    if let Some(errors) = erased(visit, reference, code).await? {
        return Ok(Err(errors));
    }
    guesses::count(visit);
    let case = Reference::parse(reference).map(Reference::case);
    tokio::time::sleep_until(started + guesses::refusal_takes(visit, case)).await;
    Ok(Err(refusal(reference, code)))
}

/// The case that the reference and the code open together.
async fn find(visit: &Visit<'_>, reference: &str, code: &str) -> Result<Option<Opened>, AppError> {
    let Some(reference) = Reference::parse(reference) else {
        return Ok(None);
    };
    let mut conn = visit.state.pool.get().await?;
    let generation = match dossier::by_reference(&mut conn, reference).await {
        Ok(dossier) => Some(dossier.case.code_generation),
        Err(DbError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let case: CaseId = reference.case();
    let code_generation = generation.unwrap_or_default();
    let right = AccessCode::of(&visit.state.keys.access_codes, case, code_generation);
    let is_right = right.is(code) && generation.is_some();
    Ok(is_right.then_some(Opened {
        case,
        code_generation,
        way: Way::Code,
    }))
}

/// What to tell whoever has the right code of a case that was erased.
async fn erased(
    visit: &Visit<'_>,
    reference: &str,
    code: &str,
) -> Result<Option<FormErrors>, AppError> {
    let Some(reference) = Reference::parse(reference) else {
        return Ok(None);
    };
    let mut conn = visit.state.pool.get().await?;
    let Some(tombstone) = erase::tombstone(&mut conn, reference).await? else {
        return Ok(None);
    };
    let keys = &visit.state.keys.access_codes;
    let right = AccessCode::of(keys, reference.case(), tombstone.code_generation);
    let mut errors = FormErrors::default();
    errors.push(
        "reference",
        format!(
            "Ce dossier a été effacé le {}\u{202f}: nous n’en gardons plus que la référence, les \
             dates et la décision.",
            plain_date(paris_date(tombstone.erased_at))
        ),
    );
    Ok(right.is(code).then_some(errors))
}

/// One answer for all that opens nothing.
fn refusal(reference: &str, code: &str) -> FormErrors {
    let mut errors = FormErrors::default();
    if reference.trim().is_empty() || code.trim().is_empty() {
        if reference.trim().is_empty() {
            errors.push("reference", "Indiquez la référence de votre dossier.");
        }
        if code.trim().is_empty() {
            errors.push("code", "Indiquez votre code d’accès.");
        }
    } else {
        errors.push(
            "reference",
            "Vérifiez la référence et le code d’accès\u{202f}: ensemble, ils n’ouvrent aucun \
             dossier.",
        );
    }
    errors
}

/// POST `/suivi/fermer`.
pub(super) async fn close(
    state: Data<AppState>,
    request: HttpRequest,
    typed: Form<Typed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &typed.csrf)?;
    let closed = html::see_other(&format!("{}?avis=ferme", urls::FOLLOWING));
    std::future::ready(with_cookie(closed, &opened::closing(&state))).await
}
