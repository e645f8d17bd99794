//! `/gestion`: the inbox, one list at a time, next date first.

mod bulk;
mod bulk_page;
mod bulk_typed;
mod counts;
mod export;
mod fields;
mod lists;
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

use crate::case::inbox::{self, Asked, PAGE_LINES};
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::inbox::page::InboxPage;
use crate::web::staff::inbox::room::Room;
use crate::web::{AppError, AppState, html, urls};

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
    if let Some(address) = view.filters.text.as_deref().and_then(to_case) {
        return Ok(html::see_other(&address));
    }
    view.filters.look_for_words(&mut conn).await?;
    let counts = state.counts.read(&mut conn, &room.seat, now).await?;
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
        (&counts, &page),
        &room,
    );
    html::page(StatusCode::OK, &page)
}

/// The way to a case, when what was typed is meant as a reference: right or wrong, that page says.
fn to_case(typed: &str) -> Option<String> {
    let compact: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let compact = compact.to_ascii_uppercase();
    let rest = compact.strip_prefix("ASK").unwrap_or(&compact);
    let n_digits = rest.chars().take_while(char::is_ascii_digit).count();
    let is_meant = n_digits >= 10 && rest.len() <= n_digits + 1;
    is_meant.then(|| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("reference", typed)
            .finish();
        format!("{}?{query}", urls::STAFF_CASES)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_told_from_words() {
        for typed in [
            "ASK-2026-000123-T",
            "ask2026000123t",
            "2026 000123 x",
            "2026000123",
        ] {
            assert!(to_case(typed).is_some(), "{typed}");
        }
        for typed in [
            "Dupont",
            "ASK",
            "AB-123456",
            "06 12 34 56 78 domicile",
            "",
            "tasker 12",
        ] {
            assert!(to_case(typed).is_none(), "{typed}");
        }
    }
}
