//! The acts of the page of an account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::db::Conn;
use crate::journal::Actor;
use crate::staff::{self, AccountError, Right, Roles, StaffId, Target};
use crate::web::form::FormErrors;
use crate::web::staff::accounts::one::{self, Said};
use crate::web::staff::accounts::roles::{self, Ticked};
use crate::web::staff::accounts::{link, words};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html, urls};

/// What every form of the page says.
#[derive(Deserialize)]
pub(in crate::web::staff) struct Seen {
    version: i32,
}

/// The boxes of the roles, and what every form says.
#[derive(Deserialize)]
pub(in crate::web::staff) struct RolesForm {
    version: i32,
    #[serde(flatten)]
    ticked: Ticked,
}

/// Someone about to act on an account.
struct Office {
    state: Data<AppState>,
    current: CurrentStaff,
    target: Target,
}

impl Office {
    /// Checks the right again.
    fn open(
        state: Data<AppState>,
        current: CurrentStaff,
        id: i64,
        version: i32,
    ) -> Result<Self, AppError> {
        current.require(Right::ManageAccounts)?;
        let target = Target {
            id: StaffId(id),
            version: Some(version),
        };
        Ok(Self {
            state,
            current,
            target,
        })
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.current.id().0)
    }

    /// Does one act and tells of it.
    async fn act(
        self,
        code: &str,
        act: impl AsyncFnOnce(&mut Conn, Target, Actor, DateTime<Utc>) -> Result<(), AccountError>,
    ) -> Result<HttpResponse, AppError> {
        let (actor, now) = (self.actor(), self.state.clock.now());
        let mut conn = self.state.pool.get().await?;
        let done = act(&mut conn, self.target, actor, now).await;
        drop(conn);
        self.tell(done, code, None).await
    }

    /// The page again, saying what was done, or why it was not.
    async fn tell(
        self,
        done: Result<(), AccountError>,
        act: &str,
        ticked: Option<Roles>,
    ) -> Result<HttpResponse, AppError> {
        let (status, message) = match done {
            Ok(()) => {
                let address = urls::staff_account(self.target.id);
                return Ok(html::see_other(&format!("{address}?fait={act}")));
            }
            Err(AccountError::Stale | AccountError::AlreadyDisabled) => {
                (StatusCode::CONFLICT, STALE)
            }
            Err(AccountError::LastAdministrator) => (StatusCode::CONFLICT, LAST),
            Err(error) => return Err(error.into()),
        };
        let mut errors = FormErrors::default();
        errors.push(roles::GROUP, message);
        let said = Said {
            boxes: ticked.map(|ticked| roles::boxes(Some(ticked))),
            errors,
            ..Said::default()
        };
        one::page(&self.state, &self.current, self.target.id, status, said).await
    }
}

const STALE: &str = "Rien n’a été fait\u{202f}: ce compte a changé depuis que cette page a été \
                     ouverte. Vérifiez son état ci-dessous.";
const LAST: &str = "Rien n’a été fait\u{202f}: c’est le dernier administrateur. Donnez d’abord ce \
                    rôle à quelqu’un d’autre.";

/// POST `/gestion/comptes/{compte}/roles`.
pub(in crate::web::staff) async fn set_roles(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<RolesForm>,
) -> Result<HttpResponse, AppError> {
    let office = Office::open(state, current, *id, form.0.version)?;
    let Some(roles) = form.0.ticked.roles() else {
        let mut errors = FormErrors::default();
        errors.push(roles::GROUP, roles::MISSING);
        let said = Said {
            boxes: Some(roles::boxes(None)),
            errors,
            ..Said::default()
        };
        let (status, id) = (StatusCode::UNPROCESSABLE_ENTITY, office.target.id);
        return one::page(&office.state, &office.current, id, status, said).await;
    };
    let (actor, now) = (office.actor(), office.state.clock.now());
    let mut conn = office.state.pool.get().await?;
    let done = staff::set_roles(&mut conn, office.target, roles, actor, now).await;
    drop(conn);
    office.tell(done, "roles", Some(roles)).await
}

/// POST `/gestion/comptes/{compte}/reinitialisation`.
pub(in crate::web::staff) async fn reset(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Seen>,
) -> Result<HttpResponse, AppError> {
    let office = Office::open(state, current, *id, form.0.version)?;
    let (actor, now) = (office.actor(), office.state.clock.now());
    let lifetime = office.state.staff_limits().link_lifetime;
    let mut conn = office.state.pool.get().await?;
    match staff::reset(&mut conn, office.target, lifetime, actor, now).await {
        Ok(made) => {
            let account = staff::account(&mut conn, office.target.id).await?;
            let name = account.filter(|account| account.email.is_some());
            let name = name.map_or_else(|| words::UNNAMED.to_owned(), |one| one.display_name);
            link::hand_over(&office.state, &office.current, &mut conn, (made, name)).await
        }
        Err(error) => {
            drop(conn);
            office.tell(Err(error), "", None).await
        }
    }
}

/// POST `/gestion/comptes/{compte}/desactivation`.
pub(in crate::web::staff) async fn disable(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Seen>,
) -> Result<HttpResponse, AppError> {
    let office = Office::open(state, current, *id, form.0.version)?;
    office.act("desactivation", staff::disable).await
}

/// POST `/gestion/comptes/{compte}/reactivation`.
pub(in crate::web::staff) async fn enable(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Seen>,
) -> Result<HttpResponse, AppError> {
    let office = Office::open(state, current, *id, form.0.version)?;
    office.act("reactivation", staff::enable).await
}

/// POST `/gestion/comptes/{compte}/deverrouillage`.
pub(in crate::web::staff) async fn unlock(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Seen>,
) -> Result<HttpResponse, AppError> {
    let office = Office::open(state, current, *id, form.0.version)?;
    office.act("deverrouillage", staff::unlock).await
}

impl From<AccountError> for AppError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Unknown => Self::NotFound,
            AccountError::Oneself => Self::Forbidden,
            AccountError::Db(error) => error.into(),
            AccountError::EmailTaken
            | AccountError::AlreadyDisabled
            | AccountError::Stale
            | AccountError::LastAdministrator => Self::BadForm,
        }
    }
}
