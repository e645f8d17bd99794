//! One's own sessions: where one is signed in, and closing what one does not know.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;

use crate::db::Conn;
use crate::staff::sessions::{self, KeyDigest, SessionLine};
use crate::staff::{self, Closed, StaffId};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::Moment;
use crate::web::staff::session::{self, Arrival};
use crate::web::{AppError, AppState, html, urls};

/// One session, as the page shows it.
pub(super) struct SessionRow {
    /// Names it in a form; it opens nothing.
    pub(super) handle: String,
    pub(super) device: String,
    pub(super) from: Option<String>,
    pub(super) began: Moment,
    pub(super) seen: Moment,
    pub(super) is_this_one: bool,
}

/// The live sessions of `id`, last used first, with what names each.
async fn live(
    conn: &mut Conn,
    state: &AppState,
    id: StaffId,
) -> Result<Vec<(Arrival, SessionLine)>, AppError> {
    let (limits, now) = (state.staff_limits(), state.clock.now());
    let lines = sessions::of_account(conn, id, &limits, now).await?;
    let named = |line: SessionLine| Some((session::arrival_in(&line.state)?, line));
    Ok(lines.into_iter().filter_map(named).collect())
}

/// The sessions of `id`, the present one marked.
pub(super) async fn listed(
    conn: &mut Conn,
    state: &AppState,
    id: StaffId,
    session: &Session,
) -> Result<Vec<SessionRow>, AppError> {
    let mine = session::arrival(session);
    let to_row = |(arrival, line): (Arrival, SessionLine)| SessionRow {
        is_this_one: mine
            .as_ref()
            .is_some_and(|mine| mine.handle == arrival.handle),
        handle: arrival.handle,
        device: arrival.device,
        from: arrival.from,
        began: Moment::of(line.created_at),
        seen: Moment::of(line.seen_at),
    };
    let live = live(conn, state, id).await?;
    Ok(live.into_iter().map(to_row).collect())
}

/// The key of the present session, so that it can be kept while the others end.
pub(super) async fn own_key(
    conn: &mut Conn,
    state: &AppState,
    id: StaffId,
    session: &Session,
) -> Result<Option<KeyDigest>, AppError> {
    let Some(mine) = session::arrival(session) else {
        return Ok(None);
    };
    let live = live(conn, state, id).await?;
    let found = live.into_iter().find(|(one, _)| one.handle == mine.handle);
    Ok(found.map(|(_, line)| line.key))
}

/// Which sessions to close.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct CloseForm {
    /// The handle of one; empty for all but the present one.
    connexion: String,
}

/// POST `/gestion/mon-compte/connexions`. A session that has ended meanwhile is closed all the same.
pub(in crate::web::staff) async fn close(
    state: Data<AppState>,
    current: CurrentStaff,
    session: Session,
    form: StaffForm<CloseForm>,
) -> Result<HttpResponse, AppError> {
    let (id, now) = (current.id(), state.clock.now());
    let mut conn = state.pool.get().await?;
    let done = if form.0.connexion.is_empty() {
        let keep = own_key(&mut conn, &state, id, &session).await?;
        staff::close_sessions(&mut conn, id, Closed::Others(keep.as_ref()), now).await?;
        "connexions"
    } else {
        let live = live(&mut conn, &state, id).await?;
        let named = live.iter().find(|(one, _)| one.handle == form.0.connexion);
        if let Some((_, line)) = named {
            staff::close_sessions(&mut conn, id, Closed::One(&line.key), now).await?;
        }
        "connexion"
    };
    Ok(html::see_other(&format!("{}?fait={done}", urls::STAFF_OWN)))
}
