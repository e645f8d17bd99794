//! `/gestion/comptes`: the list.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, Utc};

use crate::staff::{self, AccountLine, AccountState, Right, Role};
use crate::web::staff::accounts::words;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/accounts/list.html`.
#[derive(Template)]
#[template(path = "staff/accounts/list.html")]
struct ListPage {
    shell: Shell,
    may_manage: bool,
    /// Whether the loss of one telephone would leave nobody to let people in again.
    has_one_administrator: bool,
    rows: Vec<Row>,
}

/// One account.
struct Row {
    address: String,
    name: String,
    email: Option<String>,
    roles: String,
    state: &'static str,
    tone: &'static str,
}

impl Row {
    fn new(account: AccountLine, at: DateTime<Utc>) -> Self {
        let (state, tone) = words::state(&account, at);
        let name = match account.email {
            Some(_) => account.display_name,
            None => words::UNNAMED.to_owned(),
        };
        Self {
            address: urls::staff_account(account.id),
            name,
            email: account.email,
            roles: words::roles(account.roles),
            state,
            tone,
        }
    }
}

/// GET `/gestion/comptes`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadAccounts)?;
    let mut conn = state.pool.get().await?;
    let accounts = staff::list(&mut conn).await?;
    drop(conn);
    let now = state.clock.now();
    let n_administrators = accounts
        .iter()
        .filter(|one| one.state == AccountState::Enrolled)
        .filter(|one| one.roles.contains(Role::Administrator))
        .count();
    let page = ListPage {
        shell: current.shell(&state),
        may_manage: current.may(Right::ManageAccounts),
        has_one_administrator: n_administrators < 2,
        rows: accounts.into_iter().map(|one| Row::new(one, now)).collect(),
    };
    html::page(StatusCode::OK, &page)
}
