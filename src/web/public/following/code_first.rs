//! The guard of every act on a case opened by a link: the access code is asked for first, in one
//! small form that keeps what was typed, and the case is then open as with the code. A form of
//! another case than the one that is open passes on, to be refused where it is read.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Data, Form};
use actix_web::{HttpMessage, HttpResponse};
use askama::Template;
use chrono::TimeDelta;
use tokio::time::Instant;
use url::form_urlencoded;

use crate::case::{AccessCode, Reference};
use crate::web::form::FormErrors;
use crate::web::public::following::opened::{Opened, Way};
use crate::web::public::following::{FILES, current, guesses};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html, retry};

/// `templates/public/following/code_first.html`.
#[derive(Template)]
#[template(path = "public/following/code_first.html")]
struct CodeFirstPage {
    csrf: String,
    /// The case that the code is asked for; none when it cannot be read now.
    reference: Option<Reference>,
    action: String,
    kept: Pairs,
    errors: FormErrors,
    /// What was sent is no plain form: a file must be chosen again.
    is_lost: bool,
    trouble: Option<Trouble>,
}

/// Why the code cannot be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Too many wrong ones were tried.
    TooMany(TimeDelta),
    /// The database is away.
    Unavailable,
}

type Pairs = Vec<(String, String)>;

/// The field that holds the code; no form of the page has one of this name.
const FIELD: &str = "code_acces";
/// The field that says that what was sent could not be kept, a file: there is nothing to act on once
/// the code is given, but the file to choose again.
const LOST: &str = "a_choisir";

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
    let (kept, by_code) = match checked {
        Ok(checked) => checked,
        Err(Asked(answer)) => return Ok(ServiceResponse::new(request, answer?)),
    };
    if let Some(opened) = by_code {
        if kept.iter().any(|(name, _)| name == LOST) {
            let mut answer = html::see_other(&format!("{FILES}?avis=code"));
            remember(&mut answer, &opened, &state)?;
            return Ok(ServiceResponse::new(request, answer));
        }
        request.extensions_mut().insert(opened);
    }
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&kept)
        .finish();
    let request = ServiceRequest::from_parts(request, Payload::from(body.into_bytes()));
    let mut answer = next.call(request).await?.map_into_boxed_body();
    if let Some(opened) = by_code {
        remember(answer.response_mut(), &opened, &state)?;
    }
    Ok(answer)
}

/// The case is open with the code from now on.
fn remember(answer: &mut HttpResponse, opened: &Opened, state: &AppState) -> Result<(), AppError> {
    answer
        .add_cookie(&opened.cookie(state, state.clock.now()))
        .map_err(|error| AppError::Internal(error.into()))
}

fn is_too_large(error: &actix_web::Error) -> bool {
    error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE
}

/// The form that asks for the code, or why even that is refused.
struct Asked(Result<HttpResponse, AppError>);

/// What came with an act: its fields without the code, and the code.
struct Came {
    kept: Pairs,
    code: Option<String>,
    is_lost: bool,
}

impl Came {
    fn of(sent: Option<Pairs>) -> Self {
        let is_lost = sent.is_none();
        let (code, kept): (Pairs, Pairs) = sent
            .unwrap_or_default()
            .into_iter()
            .partition(|(name, _)| name == FIELD);
        Self {
            kept,
            code: code.into_iter().next().map(|(_, typed)| typed),
            is_lost,
        }
    }

    fn token(&self) -> &str {
        let found = self.kept.iter().find(|(name, _)| name == "csrf");
        found.map_or("", |(_, token)| token)
    }

    fn page(self, visit: &Visit<'_>, opened: Opened) -> CodeFirstPage {
        let is_lost = self.is_lost || self.kept.iter().any(|(name, _)| name == LOST);
        let own = ["csrf", LOST];
        let kept = self.kept.into_iter();
        let kept = kept.filter(|(name, _)| !own.contains(&name.as_str()));
        CodeFirstPage {
            csrf: visit.csrf_for(opened.case),
            reference: None,
            action: visit.request.path().to_owned(),
            kept: kept.collect(),
            errors: FormErrors::default(),
            is_lost,
            trouble: None,
        }
    }
}

/// The fields of the act, and the case as opened with the code if the right one is among them; no
/// case when the act reads by itself that its case is not the one that is open, or closed meanwhile.
async fn check(
    visit: &Visit<'_>,
    opened: Opened,
    sent: Option<Pairs>,
) -> Result<(Pairs, Option<Opened>), Asked> {
    let came = Came::of(sent);
    if !came.is_lost {
        let shown = visit.visitor.check_case(visit.state, came.token());
        if shown.map_err(|error| Asked(Err(error)))? != Some(opened.case) {
            return Ok((came.kept, None));
        }
    }
    let reference = match open_now(visit).await {
        Ok(Some(reference)) => reference,
        Ok(None) if came.is_lost => return Err(Asked(Ok(html::see_other(&current::way_in())))),
        Ok(None) => return Ok((came.kept, None)),
        Err(error) if error.is_unavailable() => {
            tracing::error!(error = %error, "an access code could not be checked");
            return Err(trouble(
                visit,
                came.page(visit, opened),
                Trouble::Unavailable,
            ));
        }
        Err(error) => return Err(Asked(Err(error))),
    };
    let page = |came: Came| CodeFirstPage {
        reference: Some(reference),
        ..came.page(visit, opened)
    };
    let Some(typed) = came.code.clone() else {
        return Err(Asked(visit.answer(StatusCode::OK, &page(came))));
    };
    if let Some(wait) = guesses::wait(visit) {
        return Err(trouble(visit, page(came), Trouble::TooMany(wait)));
    }
    let key = &visit.state.keys.access_codes;
    if AccessCode::of(key, opened.case, opened.code_generation).is(&typed) {
        let way = Way::Code;
        return Ok((came.kept, Some(Opened { way, ..opened })));
    }
    Err(refuse(visit, opened, &typed, page(came)).await)
}

/// The reference of the case that the link opened; none when a new code has closed it since.
async fn open_now(visit: &Visit<'_>) -> Result<Option<Reference>, AppError> {
    let mut conn = visit.state.pool.get().await?;
    let current = current::find(&mut conn, visit).await?;
    Ok(current.map(|current| current.dossier.case.reference()))
}

/// The page with what was typed, when the code cannot be checked now.
fn trouble(visit: &Visit<'_>, page: CodeFirstPage, trouble: Trouble) -> Asked {
    let page = CodeFirstPage {
        trouble: Some(trouble),
        ..page
    };
    Asked(match trouble {
        Trouble::TooMany(wait) => visit
            .answer(StatusCode::TOO_MANY_REQUESTS, &page)
            .map(|answer| retry::after(answer, wait)),
        Trouble::Unavailable => visit.answer(StatusCode::SERVICE_UNAVAILABLE, &page),
    })
}

/// The page again, for a code that is not the right one: after the time that any refusal takes.
async fn refuse(visit: &Visit<'_>, opened: Opened, typed: &str, mut page: CodeFirstPage) -> Asked {
    let started = Instant::now();
    guesses::count(visit);
    let takes = guesses::refusal_takes(visit, Some(opened.case));
    tokio::time::sleep_until(started + takes).await;
    let message = if typed.trim().is_empty() {
        "Indiquez votre code d’accès."
    } else {
        "Vérifiez le code d’accès\u{202f}: ce n’est pas celui de ce dossier."
    };
    page.errors.push(FIELD, message);
    Asked(visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
