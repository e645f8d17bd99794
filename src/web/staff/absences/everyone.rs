//! `/gestion/absences`: everyone's absences, for supervisors.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::staff::absences;
use crate::staff::{Right, StaffId};
use crate::web::form::FormErrors;
use crate::web::staff::absences::form::{self, AbsenceFields, EndForm};
use crate::web::staff::absences::list::{Choice, Line};
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/absences/everyone.html`.
#[derive(Template)]
#[template(path = "staff/absences/everyone.html")]
struct EveryonePage {
    shell: Shell,
    absences: Vec<Line>,
    people: Vec<Choice>,
    typed: AbsenceFields,
    notice: Option<&'static str>,
    errors: FormErrors,
}

/// GET `/gestion/absences?fait=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    let notice = match asked.get("fait").map(String::as_str) {
        Some("absence") => Some("L’absence est enregistrée."),
        Some("retour") => Some("L’absence est retirée."),
        _ => None,
    };
    let blank = (AbsenceFields::default(), FormErrors::default());
    page(&state, &current, blank, notice).await
}

async fn page(
    state: &AppState,
    current: &CurrentStaff,
    (typed, errors): (AbsenceFields, FormErrors),
    notice: Option<&'static str>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageAbsences)?;
    let mut conn = state.pool.get().await?;
    let colleagues = Colleagues::read(&mut conn).await?;
    let away = absences::to_come(&mut conn, state.today()).await?;
    drop(conn);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = EveryonePage {
        shell: current.shell(state),
        absences: away.iter().map(|one| Line::new(one, &colleagues)).collect(),
        people: Choice::among(&colleagues, None),
        typed,
        notice,
        errors,
    };
    html::page(status, &page)
}

/// POST `/gestion/absences`.
pub(in crate::web::staff) async fn record(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<AbsenceFields>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageAbsences)?;
    let typed = form.0;
    let absent = typed.absent.parse().map(StaffId).ok();
    match form::record(&state, &current, &typed, absent).await? {
        Ok(()) => Ok(told("absence")),
        Err(errors) => page(&state, &current, (typed, errors), None).await,
    }
}

/// POST `/gestion/absences/fin`.
pub(in crate::web::staff) async fn end(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<EndForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageAbsences)?;
    form::end(&state, &current, form.0.account(), &form.0).await?;
    Ok(told("retour"))
}

fn told(done: &str) -> HttpResponse {
    html::see_other(&format!("{}?fait={done}", urls::STAFF_ABSENCES))
}
