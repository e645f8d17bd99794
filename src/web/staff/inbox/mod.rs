//! `/gestion`: the inbox, one list at a time, next date first.

mod bulk;
mod bulk_page;
mod bulk_typed;
mod counts;
mod export;
mod fields;
mod lists;
mod mails;
mod page;
mod room;
mod row;
mod saved;
pub(super) mod search;
mod shortcuts;
mod view;

pub(super) use bulk::{confirm as confirm_bulk, create as create_bulk};
pub use counts::CountsCache;
pub(super) use export::show as export;
pub(super) use saved::{create as save_filter, remove as remove_filter};
pub(super) use shortcuts::update as update_shortcuts;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};

use crate::case::Reference;
use crate::case::inbox::{self, Asked, PAGE_LINES};
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::inbox::page::InboxPage;
use crate::web::staff::inbox::room::Room;
use crate::web::{AppError, AppState, html};

/// GET `/gestion?liste=…&nature=…&apres=…`: all of it in the address, so that it can be shared.
pub(super) async fn index(
    state: Data<AppState>,
    current: CurrentStaff,
    pairs: Query<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let now = state.clock.now();
    let mut conn = state.pool.get().await?;
    let room = Room::read(&state, &current, &mut conn).await?;
    let mut view = room.view(&pairs);
    if let Some(typed) = view
        .filters
        .text
        .as_deref()
        .filter(|text| Reference::is_meant(text))
    {
        return Ok(html::see_other(&search::address(typed, None)));
    }
    let query = view.query();
    if let Some(opened) = room.saved.iter().find(|one| one.query == query) {
        inbox::note_used(&mut conn, opened, room.seat.viewer.today).await?;
    }
    view.filters.look_for_words(&mut conn).await?;
    let may_decide = current.may(Right::EnterCases);
    let folders = may_decide.then_some(state.mailbox_folders.as_slice());
    let glance = state
        .counts
        .read(&mut conn, &room.seat, folders, now)
        .await?;
    let asked = Asked {
        list: view.list,
        seat: &room.seat,
        filters: &view.filters,
        after: view.after,
        n_lines: PAGE_LINES,
    };
    let page = inbox::page(&mut conn, &asked).await?;
    drop(conn);
    let page = InboxPage::new(
        current.shell(&state),
        &current,
        view,
        (&glance, &page),
        (&room, now),
    );
    html::page(StatusCode::OK, &page)
}
