//! `/gestion`: the inbox, one list at a time, next date first.

mod counts;
mod row;
mod tabs;

pub use counts::CountsCache;

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::case::inbox;
use crate::staff::Right;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::inbox::row::Row;
use crate::web::staff::inbox::tabs::{Tab, parse_cursor};
use crate::web::{AppError, AppState, html};

/// `templates/staff/inbox.html`.
#[derive(Template)]
#[template(path = "staff/inbox.html")]
struct InboxPage {
    shell: Shell,
    tab: Tab,
    tabs: Vec<TabLink>,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

/// A tab and its count.
struct TabLink {
    address: String,
    title: &'static str,
    count: String,
    is_current: bool,
}

/// GET `/gestion?liste=…&apres=…`. What the address says wrong is the first page.
pub(super) async fn index(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let tab = Tab::parse(asked.get("liste").map(String::as_str));
    let after = asked.get("apres").and_then(|text| parse_cursor(text));
    let mut conn = state.pool.get().await?;
    let counts = state
        .counts
        .read(&mut conn, current.id(), state.clock.now())
        .await?;
    let page = inbox::page(&mut conn, tab.list(current.id()), after).await?;
    let colleagues = Colleagues::read(&mut conn).await?;
    let catalogue = state.catalogue.read(&mut conn, state.clock.now()).await?;
    drop(conn);
    let today = state.today();
    let page = InboxPage {
        shell: current.shell(&state),
        tab,
        tabs: Tab::ALL
            .into_iter()
            .map(|one| TabLink {
                address: one.address(),
                title: one.title(),
                count: one.count(&counts),
                is_current: one == tab,
            })
            .collect(),
        rows: page
            .lines
            .iter()
            .map(|line| Row::new(line, (&colleagues, &catalogue), today))
            .collect(),
        is_first: after.is_none(),
        next: page.next.map(|cursor| tab.after(cursor)),
    };
    html::page(StatusCode::OK, &page)
}
