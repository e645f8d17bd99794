//! The desk: requests that wait, with their date, and the form that registers one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::case::filing::{Line, parse_past_date};
use crate::case::persons::{self, NewRequest, PersonRequest, RightKind};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::{Day, Remaining};
use crate::web::staff::persons::words;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/persons/desk.html`.
#[derive(Template)]
#[template(path = "staff/persons/desk.html")]
struct DeskPage {
    shell: Shell,
    errors: FormErrors,
    form: RequestForm,
    rights: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
}

/// A request, as the list shows it.
struct Row {
    address: String,
    right: &'static str,
    person: String,
    received: Day,
    due: Day,
    left: Option<Remaining>,
    settled: Option<&'static str>,
}

/// What is posted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct RequestForm {
    envoi: String,
    droit: String,
    personne: String,
    recu: String,
}

/// GET `/gestion/personnes`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ServePersons)?;
    let form = RequestForm {
        envoi: Uuid::new_v4().to_string(),
        ..RequestForm::default()
    };
    page(
        &state,
        &current,
        StatusCode::OK,
        (form, FormErrors::default()),
    )
    .await
}

/// POST `/gestion/personnes`: registers a request; its month begins.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<RequestForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ServePersons)?;
    let form = form.0;
    let new = match parse(&state, &form) {
        Ok(new) => new,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&state, &current, status, (form, errors)).await;
        }
    };
    let mut conn = state.pool.get().await?;
    let by = (current.id(), state.clock.now());
    let id = persons::register(&mut conn, &new, by).await?;
    Ok(html::see_other(&address(id)))
}

/// The page of a request.
pub(super) fn address(id: i64) -> String {
    format!("{}/{id}", urls::STAFF_PERSONS)
}

fn parse(state: &AppState, form: &RequestForm) -> Result<NewRequest, FormErrors> {
    let mut errors = FormErrors::default();
    let kind = RightKind::from_code(&form.droit);
    if kind.is_none() {
        errors.push("droit", "Choisissez le droit que la personne exerce.");
    }
    let person = Line::parse(&form.personne).ok();
    if person.is_none() {
        errors.push(
            "personne",
            "Indiquez la personne, en 200\u{a0}caractères au plus.",
        );
    }
    let received_on = parse_past_date(&form.recu, state.today()).ok().flatten();
    if received_on.is_none() {
        errors.push(
            "recu",
            "Indiquez le jour de la réception, passé ou d’aujourd’hui, par exemple 30/04/2026.",
        );
    }
    match (kind, person, received_on) {
        (Some(kind), Some(person), Some(received_on)) => Ok(NewRequest {
            submission: Uuid::try_parse(&form.envoi).unwrap_or_else(|_| Uuid::new_v4()),
            kind,
            person,
            received_on,
        }),
        _ => Err(errors),
    }
}

async fn page(
    state: &AppState,
    current: &CurrentStaff,
    status: StatusCode,
    (form, errors): (RequestForm, FormErrors),
) -> Result<HttpResponse, AppError> {
    let mut conn = state.pool.get().await?;
    let found = persons::requests(&mut conn).await?;
    drop(conn);
    let today = state.today();
    let row = |request: PersonRequest| Row {
        address: address(request.id),
        right: words::right(request.kind),
        person: request.person.unwrap_or_else(|| "effacée".to_owned()),
        received: Day::of(request.received_on),
        due: Day::of(request.due_on),
        left: request
            .settlement
            .is_none()
            .then(|| Remaining::before(request.due_on, today)),
        settled: request.settlement.map(words::settlement),
    };
    let page = DeskPage {
        shell: current.shell(state),
        errors,
        form,
        rights: RightKind::ALL
            .iter()
            .map(|kind| (kind.code(), words::right(*kind)))
            .collect(),
        rows: found.into_iter().map(row).collect(),
    };
    html::page(status, &page)
}
