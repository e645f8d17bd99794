//! `/gestion/lot`: one act on several cases, after a look at their list. Each case has its own act, in
//! its own transaction, with its own line in its journal. Cases are never closed so.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};

use crate::case::inbox::{self, Line};
use crate::case::label::{self, Label, LabelName};
use crate::case::{ActError, CaseId, Seen, assign};
use crate::db::Conn;
use crate::staff::{Right, StaffId};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::inbox::bulk_page::{ConfirmPage, DonePage, Fate, RefusedPage};
use crate::web::staff::inbox::bulk_typed::{Asking, BulkFault, Deed};
use crate::web::staff::inbox::room::Room;
use crate::web::{AppError, AppState, html};

/// An act on several cases, as it will be done.
pub(super) enum Act {
    /// To someone, by name.
    Assign(StaffId, String),
    /// With a label.
    Label(Label),
    /// With a label that is made by the act.
    NewLabel(LabelName),
    /// Without a label.
    Unlabel(Label),
}

/// GET: the list of what will be done, to be confirmed.
pub(in crate::web::staff) async fn confirm(
    state: Data<AppState>,
    current: CurrentStaff,
    pairs: Query<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let asking = Asking::read(&pairs);
    let mut conn = state.pool.get().await?;
    let room = Room::read(&state, &current, &mut conn).await?;
    let act = match act(&asking, &room, &current)? {
        Ok(act) => act,
        Err(fault) => return refuse(&state, &current, fault),
    };
    let lines = inbox::chosen(&mut conn, &room.seat, &asking.ids()).await?;
    drop(conn);
    if lines.is_empty() {
        return refuse(&state, &current, BulkFault::NoCase);
    }
    let page = ConfirmPage::new(current.shell(&state), &asking, &act, (&lines, &room));
    html::page(StatusCode::OK, &page)
}

/// POST: does it, and tells of each case what became of it.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let asking = Asking::read(&form.0);
    let mut conn = state.pool.get().await?;
    let room = Room::read(&state, &current, &mut conn).await?;
    let act = match act(&asking, &room, &current)? {
        Ok(act) => act,
        Err(fault) => return refuse(&state, &current, fault),
    };
    let act = made(&mut conn, act, &state, &current).await?;
    let lines = inbox::chosen(&mut conn, &room.seat, &asking.ids()).await?;
    let mut fates = Vec::new();
    for (case, version) in &asking.cases {
        let Some(line) = lines.iter().find(|line| line.case() == *case) else {
            continue;
        };
        let seen = Seen {
            case: *case,
            version: *version,
        };
        let fate = if is_done(&act, line) {
            Fate::Before
        } else {
            Fate::of(one(&mut conn, &act, seen, &state, &current).await)?
        };
        fates.push((line.clone(), fate));
    }
    drop(conn);
    let page = DonePage::new(current.shell(&state), &act, &fates, &room);
    html::page(StatusCode::OK, &page)
}

/// What is asked, if it can be done and is theirs to do.
fn act(
    asking: &Asking,
    room: &Room,
    current: &CurrentStaff,
) -> Result<Result<Act, BulkFault>, AppError> {
    if asking.deed == Some(Deed::Assign) {
        current.require(Right::AssignOthers)?;
    }
    Ok(asking.act(room))
}

/// Makes the label that the act needs.
async fn made(
    conn: &mut Conn,
    act: Act,
    state: &AppState,
    current: &CurrentStaff,
) -> Result<Act, AppError> {
    let Act::NewLabel(name) = act else {
        return Ok(act);
    };
    let by = (current.id(), state.clock.now());
    Ok(Act::Label(label::label_named(conn, &name, by).await?))
}

async fn one(
    conn: &mut Conn,
    act: &Act,
    seen: Seen,
    state: &AppState,
    current: &CurrentStaff,
) -> Result<(), ActError> {
    let (me, now) = (current.id(), state.clock.now());
    match act {
        Act::Assign(handler, _) => assign(conn, seen, *handler, me, now).await,
        Act::Label(label) => label::put_label(conn, seen, label.id, (me, now)).await,
        Act::Unlabel(label) => label::take_label_off(conn, seen, label.id, (me, now)).await,
        // Made before the first case.
        Act::NewLabel(_) => Ok(()),
    }
}

/// Whether the case is already as the act would have it: sent twice, it is done once.
fn is_done(act: &Act, line: &Line) -> bool {
    match act {
        Act::Assign(handler, _) => line.handler() == Some(*handler),
        Act::Label(label) => line.labels.contains(&label.id.0),
        Act::Unlabel(label) => !line.labels.contains(&label.id.0),
        Act::NewLabel(_) => false,
    }
}

fn refuse(
    state: &AppState,
    current: &CurrentStaff,
    fault: BulkFault,
) -> Result<HttpResponse, AppError> {
    let page = RefusedPage::new(current.shell(state), fault);
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// A case and its version, as forms carry it: `123.4`; from the list itself, `123`.
pub(super) fn parse_case(text: &str) -> Option<(CaseId, i32)> {
    let (id, version) = text.split_once('.').unwrap_or((text, "0"));
    Some((CaseId(id.parse().ok()?), version.parse().ok()?))
}
