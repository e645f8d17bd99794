//! The acts of a case that are a button and nothing to type.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::case::{self, ActError, Seen, answer};
use crate::db::Conn;
use crate::staff::{Right, StaffId};
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct PressedForm {
    version: i32,
    #[serde(default)]
    vu: i32,
}

type Site = (Data<AppState>, CurrentStaff);
type Sent = (Path<String>, StaffForm<PressedForm>);

/// POST `/gestion/dossiers/{reference}/prise-en-charge`: the person at the desk becomes the handler.
pub(in crate::web::staff) async fn take(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<PressedForm>,
) -> Result<HttpResponse, AppError> {
    let act = async |conn: &mut Conn, seen, me, at| case::assign(conn, seen, me, me, at).await;
    let tried = (Right::WorkCases, Attempt::Take);
    press((state, current), (reference, form), tried, act).await
}

/// POST `/gestion/dossiers/{reference}/lecture`: what the person wrote calls for no answer.
pub(in crate::web::staff) async fn mark_read(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<PressedForm>,
) -> Result<HttpResponse, AppError> {
    let act = async |conn: &mut Conn, seen, me, at| case::read_message(conn, seen, me, at).await;
    let tried = (Right::WorkCases, Attempt::MarkRead);
    press((state, current), (reference, form), tried, act).await
}

/// POST `/gestion/dossiers/{reference}/reponse/relecture`: a second person agrees to the draft as it
/// is now.
pub(in crate::web::staff) async fn approve(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<PressedForm>,
) -> Result<HttpResponse, AppError> {
    let act = async |conn: &mut Conn, seen, me, at| answer::approve(conn, seen, me, at).await;
    let tried = (Right::ApproveAnswers, Attempt::Read);
    press((state, current), (reference, form), tried, act).await
}

/// POST `/gestion/dossiers/{reference}/cloture`: nothing more is owed.
pub(in crate::web::staff) async fn close(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<PressedForm>,
) -> Result<HttpResponse, AppError> {
    let act = async |conn: &mut Conn, seen, me, at| case::close(conn, seen, me, at).await;
    let tried = (Right::CloseCases, Attempt::Close);
    press((state, current), (reference, form), tried, act).await
}

async fn press<A>(
    (state, current): Site,
    (reference, form): Sent,
    (right, attempt): (Right, Attempt),
    act: A,
) -> Result<HttpResponse, AppError>
where
    A: AsyncFnOnce(&mut Conn, Seen, StaffId, DateTime<Utc>) -> Result<(), ActError>,
{
    let shown = Shown {
        version: form.0.version,
        last_line: form.0.vu,
    };
    let desk = Desk::open(state, current, right, &reference, shown).await?;
    let (me, now) = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let done = act(&mut conn, desk.seen, me, now).await;
    drop(conn);
    desk.conclude(done, attempt).await
}
