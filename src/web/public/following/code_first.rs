//! The guard of every act on a case opened by a link: the access code is asked for first, in one
//! small form that keeps what was typed, and the case is then open as with the code.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Data, Form};
use actix_web::{HttpMessage, HttpResponse};
use askama::Template;
use tokio::time::Instant;
use url::form_urlencoded;

use crate::case::AccessCode;
use crate::web::form::FormErrors;
use crate::web::public::following::guesses;
use crate::web::public::following::opened::{Opened, Way};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState};

/// `templates/public/following/code_first.html`.
#[derive(Template)]
#[template(path = "public/following/code_first.html")]
struct CodeFirstPage {
    csrf: String,
    action: String,
    kept: Pairs,
    errors: FormErrors,
    /// What was sent is no plain form: a file must be chosen again.
    is_lost: bool,
}

type Pairs = Vec<(String, String)>;

/// The field that holds the code; no form of the page has one of this name.
const FIELD: &str = "code_acces";

/// Lets pass what only reads, and the acts of whoever opened the case with the code.
pub(super) async fn ask(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(state) = request.app_data::<Data<AppState>>().cloned() else {
        return Err(AppError::Internal(anyhow::anyhow!("no application state")).into());
    };
    let opened = Opened::read(&state, request.request(), state.clock.now());
    let by_link = opened.filter(|opened| !opened.may_act());
    let Some(opened) = by_link.filter(|_| request.method() == Method::POST) else {
        let answer = next.call(request).await?;
        return Ok(answer.map_into_boxed_body());
    };
    let sent = match request.extract::<Form<Pairs>>().await {
        Ok(form) => Some(form.into_inner()),
        Err(error) if is_too_large(&error) => return Err(error),
        Err(_) => None,
    };
    let (request, body) = request.into_parts();
    drop(body);
    let checked = check(&Visit::new(&state, &request), opened, sent).await;
    let (kept, opened) = match checked {
        Ok(checked) => checked,
        Err(Asked(answer)) => return Ok(ServiceResponse::new(request, answer?)),
    };
    let at = state.clock.now();
    request.extensions_mut().insert(opened);
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&kept)
        .finish();
    let request = ServiceRequest::from_parts(request, Payload::from(body.into_bytes()));
    let mut answer = next.call(request).await?.map_into_boxed_body();
    answer
        .response_mut()
        .add_cookie(&opened.cookie(&state, at))
        .map_err(|error| AppError::Internal(error.into()))?;
    Ok(answer)
}

fn is_too_large(error: &actix_web::Error) -> bool {
    error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE
}

/// The form that asks for the code, or why even that is refused.
struct Asked(Result<HttpResponse, AppError>);

/// The fields of the act and the case as opened with the code, if the right one is among them.
async fn check(
    visit: &Visit<'_>,
    opened: Opened,
    sent: Option<Pairs>,
) -> Result<(Pairs, Opened), Asked> {
    let is_lost = sent.is_none();
    let (code, kept): (Pairs, Pairs) = sent
        .unwrap_or_default()
        .into_iter()
        .partition(|(name, _)| name == FIELD);
    let page = |errors, kept: Pairs| CodeFirstPage {
        csrf: visit.csrf(),
        action: visit.request.path().to_owned(),
        kept: kept
            .into_iter()
            .filter(|(name, _)| name != "csrf")
            .collect(),
        errors,
        is_lost,
    };
    let Some((_, typed)) = code.first() else {
        return Err(Asked(
            visit.answer(StatusCode::OK, &page(FormErrors::default(), kept)),
        ));
    };
    let csrf = kept.iter().find(|(name, _)| name == "csrf");
    let csrf = csrf.map_or("", |(_, token)| token.as_str());
    if let Err(error) = visit.visitor.check(visit.state, csrf) {
        return Err(Asked(Err(error)));
    }
    if let Some(wait) = guesses::wait(visit) {
        return Err(Asked(Err(AppError::TooMany(wait))));
    }
    let key = &visit.state.keys.access_codes;
    if AccessCode::of(key, opened.case, opened.code_generation).is(typed) {
        let way = Way::Code;
        return Ok((kept, Opened { way, ..opened }));
    }
    let started = Instant::now();
    guesses::count(visit);
    let takes = guesses::refusal_takes(visit, Some(opened.case));
    tokio::time::sleep_until(started + takes).await;
    let message = if typed.trim().is_empty() {
        "Indiquez votre code d’accès."
    } else {
        "Vérifiez le code d’accès\u{202f}: ce n’est pas celui de ce dossier."
    };
    let mut errors = FormErrors::default();
    errors.push(FIELD, message);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Err(Asked(visit.answer(status, &page(errors, kept))))
}
