//! The form: first how it reached us, then what it says.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::case::Channel;
use crate::case::draft::DraftId;
use crate::case::entry::{self, EntryField, TypedEntry};
use crate::case::filing::Terms;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::entry::page::{ChoosePage, FormPage};
use crate::web::staff::entry::preview::Preview;
use crate::web::staff::entry::{check_address, messages, register};
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html};

/// How long a draft is kept after each change.
pub(super) fn kept_for(state: &AppState) -> TimeDelta {
    TimeDelta::days(state.settings.limits.draft_days.into())
}

/// GET `/gestion/dossiers/nouveau`, with `?canal=` to begin and `?brouillon=` to go on.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let now = state.clock.now();
    let mut conn = state.pool.get().await?;
    let draft = asked.get("brouillon");
    if let Some(id) = draft.and_then(|id| Uuid::try_parse(id).ok()).map(DraftId) {
        return match entry::load(&mut conn, (id, current.id()), now).await? {
            Some(draft) if draft.case.is_some() => register::again(&mut conn, id).await,
            Some(draft) => {
                let catalogue = state.catalogue.read(&mut conn, now).await?;
                let page = FormPage::new(&state, &current, (id, &draft.typed), &catalogue);
                html::page(StatusCode::OK, &page)
            }
            None => Err(AppError::NotFound),
        };
    }
    let channel = asked.get("canal").and_then(|code| Channel::from_code(code));
    let Some(channel) = channel.filter(|channel| *channel != Channel::Web) else {
        let unfinished = entry::unfinished(&mut conn, current.id(), now).await?;
        let is_gone = asked.contains_key("abandon");
        let page = ChoosePage::new(&state, &current, &unfinished, is_gone);
        return html::page(StatusCode::OK, &page);
    };
    let catalogue = state.catalogue.read(&mut conn, now).await?;
    let code = EntryField::Channel.code().to_owned();
    let typed = TypedEntry::of([(code, channel.code().to_owned())]);
    let new = DraftId(Uuid::new_v4());
    let page = FormPage::new(&state, &current, (new, &typed), &catalogue);
    html::page(StatusCode::OK, &page)
}

/// POST `/gestion/dossiers/nouveau`: keeps what was typed, then shows the dates or leads on.
pub(in crate::web::staff) async fn send(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let mut fields = form.0;
    let only_dates = fields.remove("faire").as_deref() == Some("dates");
    let id = fields.remove("brouillon").unwrap_or_default();
    let id = DraftId(Uuid::try_parse(&id).unwrap_or_else(|_| Uuid::new_v4()));
    let typed = TypedEntry::of(fields);
    let (now, today) = (state.clock.now(), state.today());
    let mut conn = state.pool.get().await?;
    let Some(id) = keep(&mut conn, &state, (id, &current), &typed).await? else {
        return register::again(&mut conn, id).await;
    };
    let catalogue = state.catalogue.read(&mut conn, now).await?;
    drop(conn);
    let mut page = FormPage::new(&state, &current, (id, &typed), &catalogue);
    let faults = if only_dates {
        match entry::parse_dated(&typed, today) {
            Ok(dated) => {
                page.preview = Some(Preview::new(&dated, today, state.office.request_target()));
                return html::page(StatusCode::OK, &page);
            }
            Err(faults) => faults,
        }
    } else {
        let terms = Terms {
            today,
            catalogue: &catalogue,
        };
        match entry::parse(&typed, &terms) {
            Ok(_) => return Ok(html::see_other(&check_address(id))),
            Err(faults) => faults,
        }
    };
    page.errors = FormErrors::from_iter(messages::of(&faults));
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Keeps what was typed, in a draft of its own when this one is not, or no longer, of this member
/// of staff; none when it was registered meanwhile.
async fn keep(
    conn: &mut crate::db::Conn,
    state: &AppState,
    (id, current): (DraftId, &CurrentStaff),
    typed: &TypedEntry,
) -> Result<Option<DraftId>, AppError> {
    let (now, kept_for) = (state.clock.now(), kept_for(state));
    if entry::keep(conn, (id, current.id()), typed, now, kept_for).await? {
        return Ok(Some(id));
    }
    let there = entry::load(conn, (id, current.id()), now).await?;
    if there.is_some_and(|draft| draft.case.is_some()) {
        return Ok(None);
    }
    let other = DraftId(Uuid::new_v4());
    entry::keep(conn, (other, current.id()), typed, now, kept_for).await?;
    Ok(Some(other))
}
