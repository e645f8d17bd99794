//! `/gestion/comptes`: the list.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::staff::{self, AccountLine, Right};
use crate::web::staff::accounts::words;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::{AppError, AppState, html};

/// `templates/staff/accounts/list.html`.
#[derive(Template)]
#[template(path = "staff/accounts/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
}

/// One account.
struct Row {
    name: String,
    email: Option<String>,
    roles: String,
    state: &'static str,
    tone: &'static str,
}

impl Row {
    fn new(account: AccountLine) -> Self {
        let (state, tone) = words::state(account.state);
        let roles: Vec<&str> = account.roles.iter().map(words::role).collect();
        Self {
            name: account.display_name,
            email: account.email,
            roles: roles.join(", "),
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
    let page = ListPage {
        shell: current.shell(&state),
        rows: accounts.into_iter().map(Row::new).collect(),
    };
    html::page(StatusCode::OK, &page)
}
