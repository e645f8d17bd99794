//! `/gestion/comptes/{compte}`: one account, and what can be done with it.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;

use crate::staff::{self, AccountLine, AccountState, Right, StaffId};
use crate::web::form::FormErrors;
use crate::web::staff::accounts::roles::{self, RoleBox};
use crate::web::staff::accounts::words;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::moment::Moment;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/accounts/one.html`.
#[derive(Template)]
#[template(path = "staff/accounts/one.html")]
struct OnePage {
    shell: Shell,
    /// Not `name`: a macro's parameter of that name would hide it.
    display_name: String,
    email: Option<String>,
    address: String,
    version: i32,
    roles: String,
    state: &'static str,
    tone: &'static str,
    locked_until: Option<Moment>,
    standing: AccountState,
    is_self: bool,
    may_manage: bool,
    boxes: Vec<RoleBox>,
    notice: Option<&'static str>,
    errors: FormErrors,
}

/// What a page says beside the account.
#[derive(Default)]
pub(super) struct Said {
    /// The boxes as they were ticked, when that was refused.
    pub(super) boxes: Option<Vec<RoleBox>>,
    /// What was done.
    pub(super) notice: Option<&'static str>,
    /// What to correct.
    pub(super) errors: FormErrors,
}

/// GET `/gestion/comptes/{compte}?fait=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadAccounts)?;
    let said = Said {
        notice: asked.get("fait").and_then(|code| notice(code)),
        ..Said::default()
    };
    page(&state, &current, StaffId(*id), StatusCode::OK, said).await
}

fn notice(code: &str) -> Option<&'static str> {
    match code {
        "roles" => {
            Some("Les rôles sont changés\u{202f}; ils valent dès la prochaine page ouverte.")
        }
        "desactivation" => Some("Le compte est désactivé et ses connexions sont fermées."),
        "reactivation" => Some("Le compte est de nouveau actif."),
        "deverrouillage" => Some("Le compte est déverrouillé."),
        _ => None,
    }
}

/// The page of an account, as it is now.
pub(super) async fn page(
    state: &AppState,
    current: &CurrentStaff,
    id: StaffId,
    status: StatusCode,
    said: Said,
) -> Result<HttpResponse, AppError> {
    let mut conn = state.pool.get().await?;
    let account = staff::account(&mut conn, id).await?;
    drop(conn);
    let account = account.ok_or(AppError::NotFound)?;
    html::page(status, &OnePage::new(state, current, account, said))
}

impl OnePage {
    fn is_pending(&self) -> bool {
        self.standing == AccountState::Pending
    }

    fn is_disabled(&self) -> bool {
        self.standing == AccountState::Disabled
    }

    fn new(state: &AppState, current: &CurrentStaff, account: AccountLine, said: Said) -> Self {
        let now = state.clock.now();
        let (state_words, tone) = words::state(&account, now);
        let locked = account.blocked_until.filter(|until| now < *until);
        Self {
            shell: current.shell(state),
            display_name: match account.email {
                Some(_) => account.display_name,
                None => words::UNNAMED.to_owned(),
            },
            email: account.email,
            address: urls::staff_account(account.id),
            version: account.version,
            roles: words::roles(account.roles),
            state: state_words,
            tone,
            locked_until: locked.map(Moment::of),
            standing: account.state,
            is_self: account.id == current.id(),
            may_manage: current.may(Right::ManageAccounts),
            boxes: said
                .boxes
                .unwrap_or_else(|| roles::boxes(Some(account.roles))),
            notice: said.notice,
            errors: said.errors,
        }
    }
}
