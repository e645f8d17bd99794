//! One step of the form: shown with what was typed before, saved when its fields are right.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::Nature;
use crate::case::draft;
use crate::case::filing::{Step, Terms, TypedFiling, first_incomplete, parse_nature, parse_step};
use crate::web::public::deposit::cookies::{DraftCookie, Held};
use crate::web::public::deposit::current::{self, Current};
use crate::web::public::deposit::page::{Asked, NotKept, Notice, StepPage};
use crate::web::public::deposit::posted::Posted;
use crate::web::public::deposit::progress::path;
use crate::web::public::deposit::{CHECK, CONFIRMATION, gone, messages, step_url};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState, html, retry};

/// GET `/deposer`: the first step, empty, or as it was answered.
pub(super) async fn show_first(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut typed = TypedFiling::default();
    let mut notice = asked.notice();
    let mut is_saved = false;
    let mut catalogue = Arc::default();
    // Who has no draft yet sees the page without the database.
    if !matches!(DraftCookie::Draft.read(&state, &request), Held::Nothing) {
        let mut conn = state.pool.get().await?;
        catalogue = state.catalogue.read(&mut conn, visit.at).await?;
        match current::find(&mut conn, &state, &request, visit.at).await? {
            Current::Open(draft) => (typed, is_saved) = (draft.typed, true),
            Current::Gone => notice = Some(Notice::Gone),
            Current::None | Current::Sent(..) => {}
        }
    }
    let mut page = StepPage::new(&visit, Step::Intent, &typed);
    page.notice = notice;
    page.is_saved = is_saved;
    page.resume = is_saved.then(|| {
        first_incomplete(&typed, &visit.terms(&catalogue))
            .map_or_else(|| CHECK.to_owned(), step_url)
    });
    visit.answer(StatusCode::OK, &page)
}

/// GET `/deposer/{step}`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    step: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let step = step_of(&step)?;
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let draft = match current::find(&mut conn, &state, &request, visit.at).await? {
        Current::Open(draft) => draft,
        Current::Sent(..) => return Ok(html::see_other(CONFIRMATION)),
        Current::Gone => return gone::draft_page(&visit),
        Current::None => return Ok(lead_to(Step::Intent, Notice::OutOfOrder)),
    };
    let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
    if let Some(address) = comes_first(step, &draft.typed, &visit.terms(&catalogue)) {
        return Ok(html::see_other(&address));
    }
    let mut page = StepPage::new(&visit, step, &draft.typed);
    page.notice = asked.notice();
    page.is_saved = true;
    visit.answer(StatusCode::OK, &page)
}

/// POST `/deposer`.
pub(super) async fn save_first(
    state: Data<AppState>,
    request: HttpRequest,
    posted: Form<Posted>,
) -> Result<HttpResponse, AppError> {
    save_step(&state, &request, Step::Intent, &posted).await
}

/// POST `/deposer/{step}`.
pub(super) async fn save(
    state: Data<AppState>,
    request: HttpRequest,
    step: Path<String>,
    posted: Form<Posted>,
) -> Result<HttpResponse, AppError> {
    save_step(&state, &request, step_of(&step)?, &posted).await
}

async fn save_step(
    state: &AppState,
    request: &HttpRequest,
    step: Step,
    posted: &Posted,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(state, request);
    visit.visitor.check(state, &posted.csrf)?;
    match keep_step(&visit, step, posted).await {
        Err(AppError::Unavailable(cause)) => {
            tracing::error!(error = %cause, "a step of the form could not be saved");
            not_kept(&visit, step, posted, NotKept::Unavailable)
        }
        Err(AppError::TooMany(wait)) => not_kept(&visit, step, posted, NotKept::TooMany(wait)),
        answered => answered,
    }
}

/// The same page with what was typed, of which nothing could be kept.
fn not_kept(
    visit: &Visit<'_>,
    step: Step,
    posted: &Posted,
    why: NotKept,
) -> Result<HttpResponse, AppError> {
    let typed = posted.alone();
    let mut page = StepPage::new(visit, step, &typed);
    page.not_kept = Some(why);
    match why {
        NotKept::Unavailable => visit.answer(StatusCode::SERVICE_UNAVAILABLE, &page),
        NotKept::TooMany(wait) => visit
            .answer(StatusCode::TOO_MANY_REQUESTS, &page)
            .map(|answer| retry::after(answer, wait)),
    }
}

/// Saves the fields of the step and leads on, or shows them again with what is wrong.
async fn keep_step(
    visit: &Visit<'_>,
    step: Step,
    posted: &Posted,
) -> Result<HttpResponse, AppError> {
    let mut conn = visit.state.pool.get().await?;
    let draft = match current::find(&mut conn, visit.state, visit.request, visit.at).await? {
        Current::Open(draft) => Some(draft),
        Current::Sent(..) if step != Step::Intent => return Ok(html::see_other(CONFIRMATION)),
        Current::Sent(..) | Current::Gone | Current::None => None,
    };
    let mut typed = draft
        .as_ref()
        .map_or_else(|| posted.alone(), |draft| draft.typed.clone());
    let nature = parse_nature(&typed).unwrap_or(Nature::Complaint);
    let fields = step.fields(nature);
    typed.take_over(fields, &posted.typed);
    let catalogue = visit.state.catalogue.read(&mut conn, visit.at).await?;
    let terms = visit.terms(&catalogue);
    if let Err(faults) = parse_step(step, &typed, &terms) {
        let mut page = StepPage::new(visit, step, &typed);
        page.errors = messages::of(&faults, nature);
        page.is_saved = draft.is_some();
        return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let keep = current::keep(visit.state);
    if let Some(draft) = draft {
        let saved = (fields, &typed);
        let is_saved = draft::save(&mut conn, draft.id, saved, visit.at, keep).await?;
        // Sent or expired in between, by another page: the check's address tells.
        let next = next_address(step, &typed, &terms);
        return Ok(html::see_other(if is_saved { &next } else { CHECK }));
    }
    let (drafts, from) = (&visit.state.public_limits.drafts, visit.client());
    drafts.admit(from, visit.at)?;
    if let Some(from) = from {
        drafts.count(from, visit.at);
    }
    let token = draft::create(&mut conn, &typed, visit.at, keep).await?;
    let next = html::see_other(&first_address(step, &typed, &terms));
    with_cookie(next, &DraftCookie::Draft.holding(visit.state, &token))
}

/// Where a new draft leads. One begun in the middle takes the place of a draft that was gone.
fn first_address(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> String {
    match first_incomplete(typed, terms) {
        Some(first) if step != Step::Intent => {
            format!("{}{}", step_url(first), Notice::Kept.query())
        }
        _ => next_address(step, typed, terms),
    }
}

/// Where a saved step leads: to the check once all is right, else to the next step.
fn next_address(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> String {
    let Some(first) = first_incomplete(typed, terms) else {
        return CHECK.to_owned();
    };
    let steps = path(typed);
    let next = steps
        .iter()
        .skip_while(|other| **other != step)
        .nth(1)
        .copied();
    let notice = match (step, parse_nature(typed)) {
        (Step::Questions, Ok(Nature::Complaint)) => Notice::IsComplaint.query(),
        (Step::Questions, Ok(Nature::InformationRequest)) => Notice::IsRequest.query(),
        _ => "",
    };
    format!("{}{notice}", step_url(next.unwrap_or(first)))
}

/// Where to lead a visitor who opens a step that is not theirs yet, or not on their way.
fn comes_first(step: Step, typed: &TypedFiling, terms: &Terms<'_>) -> Option<String> {
    let first = first_incomplete(typed, terms);
    let steps = path(typed);
    let place = |wanted: Step| steps.iter().position(|other| *other == wanted);
    match (first, place(step)) {
        (Some(first), _) if first == step => None,
        (Some(first), Some(here)) if place(first).is_some_and(|first| here < first) => None,
        (None, Some(_)) => None,
        (None, None) => Some(CHECK.to_owned()),
        (Some(first), _) => Some(format!("{}{}", step_url(first), Notice::OutOfOrder.query())),
    }
}

fn lead_to(step: Step, notice: Notice) -> HttpResponse {
    html::see_other(&format!("{}{}", step_url(step), notice.query()))
}

fn step_of(code: &str) -> Result<Step, AppError> {
    Step::from_code(code)
        .filter(|step| *step != Step::Intent)
        .ok_or(AppError::NotFound)
}
