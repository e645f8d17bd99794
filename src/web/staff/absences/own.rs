//! One's own absence, which asks for no right.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::journal::Actor;
use crate::staff::absences::{self, AbsenceError};
use crate::web::staff::absences::form::{AbsenceFields, EndForm, refusal};
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
    let (actor, now) = (Actor::Staff(current.id().0), state.clock.now());
    let errors = match typed.parse(Some(current.id())) {
        Ok(new) => {
            let mut conn = state.pool.get().await?;
            match absences::record(&mut conn, &new, state.today(), actor, now).await {
                Ok(_) => return Ok(told("absence")),
                Err(error) => refusal(error)?,
            }
        }
        Err(errors) => errors,
    };
    let said = Said {
        errors,
        typed,
        notice: None,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    page::page(&state, &current, &session, status, said).await
}

/// POST `/gestion/mon-compte/absence/fin`. One that is over already is taken back all the same.
pub(in crate::web::staff) async fn end(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<EndForm>,
) -> Result<HttpResponse, AppError> {
    let (actor, now) = (Actor::Staff(current.id().0), state.clock.now());
    let theirs = (current.id(), form.0.absence());
    let mut conn = state.pool.get().await?;
    match absences::end(&mut conn, theirs, state.today(), actor, now).await {
        Ok(()) | Err(AbsenceError::Gone) => Ok(told("retour")),
        Err(error) => refusal(error).and(Err(AppError::BadForm)),
    }
}

fn told(done: &str) -> HttpResponse {
    html::see_other(&format!("{}?fait={done}", urls::STAFF_OWN))
}
