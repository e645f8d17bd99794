//! One step of the form, shown with what was typed before.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::filing::{Step, TypedFiling, first_incomplete};
use crate::web::public::deposit::cookies::{DraftCookie, Held};
use crate::web::public::deposit::current::{self, Current};
use crate::web::public::deposit::gone::{self, Gone};
use crate::web::public::deposit::notice::{Asked, Notice};
use crate::web::public::deposit::page::StepPage;
use crate::web::public::deposit::way::comes_first;
use crate::web::public::deposit::{CHECK, CONFIRMATION, step_url};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// GET `/deposer`: the first step, empty, or as it was answered.
pub(super) async fn show_first(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut typed = TypedFiling::default();
    let mut notice = asked.notice();
    let mut kept = None;
    let mut catalogue = Arc::default();
    // Who has no draft yet sees the page without the database.
    if !matches!(DraftCookie::Draft.read(&state, &request), Held::Nothing) {
        let mut conn = state.pool.get().await?;
        catalogue = state.catalogue.read(&mut conn, visit.at).await?;
        match current::find(&mut conn, &state, &request, visit.at).await? {
            Current::Open(draft) => {
                typed.clone_from(&draft.typed);
                kept = Some(draft);
            }
            Current::Gone => notice = Some(Notice::Gone),
            Current::None | Current::Sent(..) | Current::SentElsewhere => {}
        }
    }
    let mut page = match &kept {
        Some(draft) => StepPage::of_draft(&visit, Step::Intent, draft, &typed),
        None => StepPage::new(&visit, Step::Intent, &typed),
    };
    page.notice = notice;
    page.resume = kept.is_some().then(|| {
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
        Current::SentElsewhere => return gone::page(&visit, Gone::SentElsewhere),
        Current::Gone => return gone::page(&visit, Gone::Draft),
        Current::None => return Ok(lead_to(Step::Intent, Notice::OutOfOrder)),
    };
    let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
    if let Some(address) = comes_first(step, &draft.typed, &visit.terms(&catalogue)) {
        return Ok(html::see_other(&address));
    }
    let mut page = StepPage::of_draft(&visit, step, &draft, &draft.typed);
    page.notice = asked.notice();
    visit.answer(StatusCode::OK, &page)
}

pub(super) fn lead_to(step: Step, notice: Notice) -> HttpResponse {
    html::see_other(&format!("{}{}", step_url(step), notice.query()))
}

/// The step at an address; the first one has its own.
pub(super) fn step_of(code: &str) -> Result<Step, AppError> {
    Step::from_code(code)
        .filter(|step| *step != Step::Intent)
        .ok_or(AppError::NotFound)
}
