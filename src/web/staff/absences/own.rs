//! One's own absence, which asks for no right.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::web::staff::absences::form::{self, AbsenceFields, EndForm};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::own::page::{self, Said};
use crate::web::{AppError, AppState, html, urls};

/// POST `/gestion/mon-compte/absence`.
pub(in crate::web::staff) async fn record(
    state: Data<AppState>,
    current: CurrentStaff,
    session: Session,
    form: StaffForm<AbsenceFields>,
) -> Result<HttpResponse, AppError> {
    let typed = form.0;
    let me = Some(current.id());
    let Err(errors) = form::record(&state, &current, &typed, me).await? else {
        return Ok(told("absence"));
    };
    let said = Said {
        errors,
        typed,
        notice: None,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    page::page(&state, &current, &session, status, said).await
}

/// POST `/gestion/mon-compte/absence/fin`.
pub(in crate::web::staff) async fn end(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<EndForm>,
) -> Result<HttpResponse, AppError> {
    form::end(&state, &current, current.id(), &form.0).await?;
    Ok(told("retour"))
}

fn told(done: &str) -> HttpResponse {
    html::see_other(&format!("{}?fait={done}", urls::STAFF_OWN))
}
