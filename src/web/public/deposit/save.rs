//! A posted step: saved when its fields are right, shown again with what is wrong or with what
//! another page wrote meanwhile.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::Nature;
use crate::case::draft::{self, Change, Draft, Saved};
use crate::case::filing::{
    Field, FieldErrors, Intent, Problem, Step, Terms, TypedFiling, parse_nature, parse_step,
};
use crate::db::{Conn, PoolError};
use crate::web::public::deposit::cookies::DraftCookie;
use crate::web::public::deposit::current::{self, Current};
use crate::web::public::deposit::gone::{self, Gone};
use crate::web::public::deposit::notice::Notice;
use crate::web::public::deposit::page::{NotKept, StepPage};
use crate::web::public::deposit::posted::{Posted, Then};
use crate::web::public::deposit::step::step_of;
use crate::web::public::deposit::way::{first_address, next_address, where_to_go_on};
use crate::web::public::deposit::{CONFIRMATION, RESUME, messages, others};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState, html, retry};

/// How often a change is tried again when other pages save at the same instant.
const TRIES: usize = 10;

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
    page.seen.clone_from(&posted.seen);
    page.not_kept = Some(why);
    match why {
        NotKept::Unavailable => visit.answer(StatusCode::SERVICE_UNAVAILABLE, &page),
        NotKept::TooMany(wait) => visit
            .answer(StatusCode::TOO_MANY_REQUESTS, &page)
            .map(|answer| retry::after(answer, wait)),
    }
}

/// Saves the fields of the step and leads on, or shows them again.
async fn keep_step(
    visit: &Visit<'_>,
    step: Step,
    posted: &Posted,
) -> Result<HttpResponse, AppError> {
    let mut conn = visit.state.pool.get().await?;
    let catalogue = visit.state.catalogue.read(&mut conn, visit.at).await?;
    let terms = visit.terms(&catalogue);
    for _ in 0..TRIES {
        let draft = match current::find(&mut conn, visit.state, visit.request, visit.at).await? {
            Current::Open(draft) => draft,
            Current::Sent(..) if step != Step::Intent => return Ok(html::see_other(CONFIRMATION)),
            Current::SentElsewhere if step != Step::Intent => {
                return gone::page(visit, Gone::SentElsewhere);
            }
            Current::Sent(..) | Current::SentElsewhere | Current::Gone | Current::None => {
                return begin(visit, &mut conn, (step, posted), &terms).await;
            }
        };
        if let Some(answer) = change(visit, &mut conn, (step, posted), (&draft, &terms)).await? {
            return Ok(answer);
        }
    }
    Err(AppError::Unavailable(PoolError::Unavailable(
        "a draft that many pages save at once".to_owned(),
    )))
}

/// Changes a draft; none when another page was faster, and the draft must be read again.
async fn change(
    visit: &Visit<'_>,
    conn: &mut Conn,
    (step, posted): (Step, &Posted),
    (draft, terms): (&Draft, &Terms<'_>),
) -> Result<Option<HttpResponse>, AppError> {
    let nature = nature_shown(posted, &draft.typed);
    let fields = step.fields(nature);
    let mut typed = draft.typed.clone();
    typed.take_over(fields, &posted.typed);
    let has_not_seen = posted
        .seen
        .as_ref()
        .is_some_and(|seen| seen.would_overwrite(draft, (step, fields), &typed));
    if has_not_seen {
        let mut page = StepPage::of_draft(visit, step, draft, &typed);
        page.others = others::of(fields, (&draft.typed, &typed), terms.catalogue);
        return visit.answer(StatusCode::CONFLICT, &page).map(Some);
    }
    if let Some(faults) = faults(step, &typed, terms, posted.then) {
        let mut page = StepPage::of_draft(visit, step, draft, &typed);
        page.errors = messages::of(&faults, nature);
        return visit
            .answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
            .map(Some);
    }
    let changed = fields_changed(fields, posted.then, &mut typed);
    let page = posted.seen.as_ref().map(|seen| (step, seen.page()));
    let change = Change {
        fields: &changed,
        typed: &typed,
        writer: page,
    };
    let keep = current::keep(visit.state);
    match draft::save(conn, draft, &change, visit.at, keep).await? {
        Saved::Overtaken => Ok(None),
        Saved::Kept => Ok(Some(html::see_other(&leads_to(
            step,
            posted.then,
            &typed,
            terms,
        )))),
    }
}

/// Begins a draft with what is posted.
async fn begin(
    visit: &Visit<'_>,
    conn: &mut Conn,
    (step, posted): (Step, &Posted),
    terms: &Terms<'_>,
) -> Result<HttpResponse, AppError> {
    let mut typed = posted.alone();
    if let Some(faults) = faults(step, &typed, terms, posted.then) {
        let nature = nature_shown(posted, &typed);
        let mut page = StepPage::new(visit, step, &typed);
        page.seen.clone_from(&posted.seen);
        page.errors = messages::of(&faults, nature);
        return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let (drafts, from) = (&visit.state.public_limits.drafts, visit.client());
    drafts.admit(from, visit.at)?;
    if let Some(from) = from {
        drafts.count(from, visit.at);
    }
    fields_changed(&[], posted.then, &mut typed);
    let token = draft::create(conn, &typed, visit.at, current::keep(visit.state)).await?;
    let next = match posted.then {
        Then::Continue => first_address(step, &typed, terms),
        Then::Complaint | Then::Resume => leads_to(step, posted.then, &typed, terms),
    };
    let cookie = DraftCookie::Draft.holding(visit.state, &token);
    with_cookie(html::see_other(&next), &cookie)
}

/// What the form was shown for: its fields are those, whatever another page made of the draft.
fn nature_shown(posted: &Posted, draft: &TypedFiling) -> Nature {
    let now = parse_nature(draft).unwrap_or(Nature::Complaint);
    posted.shown_for.unwrap_or(now)
}

/// The fields to save; turning a request into a complaint changes one more.
fn fields_changed(fields: &[Field], then: Then, typed: &mut TypedFiling) -> Vec<Field> {
    let mut changed = fields.to_vec();
    if then == Then::Complaint {
        typed.set(Field::Intent, Intent::Complaint.code());
        changed.push(Field::Intent);
    }
    changed
}

/// What is wrong. Who does not go on yet is only stopped by what could not be kept as it is typed.
fn faults(step: Step, typed: &TypedFiling, terms: &Terms<'_>, then: Then) -> Option<FieldErrors> {
    let mut faults = parse_step(step, typed, terms).err()?;
    if then != Then::Continue {
        faults.retain(|fault| matches!(fault.problem, Problem::Text(_)));
    }
    (!faults.is_empty()).then_some(faults)
}

fn leads_to(step: Step, then: Then, typed: &TypedFiling, terms: &Terms<'_>) -> String {
    match then {
        Then::Continue => next_address(step, typed, terms),
        Then::Complaint => {
            let address = where_to_go_on(typed, terms);
            format!("{address}{}", Notice::Converted.query())
        }
        Then::Resume => RESUME.to_owned(),
    }
}
