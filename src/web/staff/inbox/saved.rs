//! Lists that someone comes back to: kept under a name, forgotten.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;
use url::form_urlencoded;

use crate::case::inbox;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::inbox::room::Room;
use crate::web::{AppError, AppState, html, urls};

/// What is posted: a name, and the query of the list.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct SavedForm {
    #[serde(default)]
    nom: String,
    #[serde(default)]
    adresse: String,
}

/// `templates/staff/saved_filter.html`.
#[derive(Template)]
#[template(path = "staff/saved_filter.html")]
struct RefusedPage {
    shell: Shell,
    errors: FormErrors,
    typed: String,
    query: String,
    back: String,
}

/// Longest name, in characters.
const MAX_NAME: usize = 60;
const NO_NAME: &str = "Donnez un nom à cette liste, de 60\u{a0}caractères au plus.";
const TOO_MANY: &str = "Vous gardez déjà 30 listes. Supprimez-en une, puis enregistrez celle-ci.";

/// POST `/gestion/filtres`: keeps the list, and shows it again.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<SavedForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let SavedForm { nom, adresse } = form.0;
    let mut conn = state.pool.get().await?;
    let room = Room::read(&state, &current, &mut conn).await?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(adresse.as_bytes())
        .into_owned()
        .collect();
    let view = room.view(&pairs);
    let name = nom.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name =
        (1..=MAX_NAME).contains(&name.chars().count()) && !name.contains(char::is_control);
    let fault = if !is_name {
        Some(NO_NAME)
    } else if inbox::save(
        &mut conn,
        current.id(),
        (&name, &view.query()),
        state.clock.now(),
    )
    .await?
    {
        None
    } else {
        Some(TOO_MANY)
    };
    drop(conn);
    let Some(fault) = fault else {
        return Ok(html::see_other(&view.address()));
    };
    let mut errors = FormErrors::default();
    errors.push("nom", fault);
    let page = RefusedPage {
        shell: current.shell(&state),
        errors,
        typed: nom,
        query: view.query(),
        back: view.address(),
    };
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What every form says.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct Nothing {}

/// POST `/gestion/filtres/{filtre}/supprimer`.
pub(in crate::web::staff) async fn remove(
    state: Data<AppState>,
    current: CurrentStaff,
    filter: Path<i64>,
    _form: StaffForm<Nothing>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let mut conn = state.pool.get().await?;
    inbox::forget(&mut conn, current.id(), *filter).await?;
    Ok(html::see_other(urls::STAFF_INBOX))
}
