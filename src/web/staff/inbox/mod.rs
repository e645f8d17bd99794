//! `/gestion`: the inbox, one list at a time, next date first.

mod counts;
mod fields;
mod lists;
mod page;
mod row;
mod view;

pub use counts::CountsCache;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};

use crate::case::inbox::{self, Asked, Seat};
use crate::staff::Right;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::inbox::fields::Known;
use crate::web::staff::inbox::page::InboxPage;
use crate::web::staff::inbox::row::Row;
use crate::web::staff::inbox::view::View;
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
    let colleagues = Colleagues::read(&mut conn).await?;
    let catalogue = state.catalogue.read(&mut conn, now).await?;
    let known = Known {
        me: current.id(),
        colleagues: &colleagues,
        catalogue: &catalogue,
    };
    let view = View::parse(&pairs, &known);
    let seat = Seat {
        me: current.id(),
        reads_sensitive: current.may(Right::ReadSensitive),
        stands_in_for: Vec::new(),
        today: state.today(),
    };
    let counts = state.counts.read(&mut conn, &seat, now).await?;
    let asked = Asked {
        list: view.list,
        seat: &seat,
        filters: &view.filters,
        after: view.after,
    };
    let page = inbox::page(&mut conn, &asked).await?;
    let n_found = if view.filters.is_empty() {
        None
    } else {
        Some(inbox::count(&mut conn, &asked).await?)
    };
    drop(conn);
    let of_line = |line| Row::new(line, (&colleagues, &catalogue), seat.today);
    let rows = page.lines.iter().map(of_line).collect();
    let shell = current.shell(&state);
    let page = InboxPage::new(shell, view, (&counts, n_found), (&page, rows), &known);
    html::page(StatusCode::OK, &page)
}
