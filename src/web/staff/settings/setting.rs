//! `/gestion/reglages/{cle}`: one setting, its value, and who changed it when.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::case::answer;
use crate::settings::{self, Change, Changed, Key, Kind, SettingError, Value};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::Moment;
use crate::web::staff::settings::index;
use crate::web::staff::settings::words::{self, Words};
use crate::web::{AppError, AppState, html};

/// `templates/staff/settings/setting.html`.
#[derive(Template)]
#[template(path = "staff/settings/setting.html")]
struct SettingPage {
    shell: Shell,
    words: Words,
    address: String,
    kind: Kind,
    can_be_missing: bool,
    version: i32,
    typed: String,
    /// What is in force, when someone else changed it meanwhile.
    in_force: Option<String>,
    errors: FormErrors,
    history: Vec<Past>,
    may_change: bool,
}

/// A change that was made, in words.
struct Past {
    at: Moment,
    by: String,
    was: String,
    value: String,
}

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct SettingForm {
    version: i32,
    #[serde(default)]
    valeur: String,
}

/// GET: shows it.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadSettings)?;
    let key = words::key_of(&slug).ok_or(AppError::NotFound)?;
    let page = page(&state, &current, key).await?;
    html::page(StatusCode::OK, &page)
}

/// POST: changes it.
pub(in crate::web::staff) async fn update(
    state: Data<AppState>,
    current: CurrentStaff,
    slug: Path<String>,
    form: StaffForm<SettingForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageSettings)?;
    let key = words::key_of(&slug).ok_or(AppError::NotFound)?;
    let SettingForm { version, valeur } = form.0;
    let value = match Value::parse(key, &valeur) {
        Ok(value) => value,
        Err(error) => {
            let mut page = page(&state, &current, key).await?;
            page.errors.push("valeur", words::message(error));
            page.typed = valeur;
            return html::page(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let wanted = Change {
        key,
        seen: version,
        value,
    };
    let mut conn = state.pool.get().await?;
    let (book, now) = (state.book(), state.clock.now());
    let by = (current.id(), now);
    let done = answer::change_setting(&mut conn, &book, &wanted, by).await;
    if let Err(error) = state.office.settings.reload(&mut conn).await {
        // The change is kept: this node follows at its next reading.
        tracing::warn!(%error, "the settings could not be read again");
    }
    drop(conn);
    match done {
        Ok(()) => Ok(html::see_other(&format!(
            "/gestion/reglages?fait={}",
            words::of(key).slug
        ))),
        Err(SettingError::Stale) => {
            let mut page = page(&state, &current, key).await?;
            page.in_force = Some(page.typed);
            page.typed = valeur;
            html::page(StatusCode::CONFLICT, &page)
        }
        Err(SettingError::Db(error)) => Err(error.into()),
    }
}

async fn page(state: &AppState, current: &CurrentStaff, key: Key) -> Result<SettingPage, AppError> {
    let mut conn = state.pool.get().await?;
    let history = settings::changes(&mut conn, key).await?;
    drop(conn);
    let book = state.book();
    Ok(SettingPage {
        shell: current.shell(state),
        words: words::of(key),
        address: index::address(key),
        kind: key.kind(),
        can_be_missing: key.can_be_missing(),
        version: book.version(key),
        typed: book.text(key).unwrap_or_default().to_owned(),
        in_force: None,
        errors: FormErrors::default(),
        history: history.into_iter().map(|one| past(key, one)).collect(),
        may_change: current.may(Right::ManageSettings),
    })
}

fn past(key: Key, changed: Changed) -> Past {
    let words = |value: Option<String>| match value {
        Some(value) => words::shown(key, &value),
        None => "rien".to_owned(),
    };
    Past {
        at: Moment::of(changed.at),
        by: changed.by,
        was: words(changed.was),
        value: words(changed.value),
    }
}
