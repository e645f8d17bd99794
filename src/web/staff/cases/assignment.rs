//! POST `/gestion/dossiers/{reference}/affectation`: giving a case to someone.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case;
use crate::staff::{self, Right, StaffId};
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct AssignmentForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    #[serde(default)]
    gestionnaire: String,
}

/// POST: someone who works cases becomes the handler.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<AssignmentForm>,
) -> Result<HttpResponse, AppError> {
    let shown = Shown {
        version: form.0.version,
        last_line: form.0.vu,
    };
    let desk = Desk::open(state, current, Right::AssignOthers, &reference, shown).await?;
    let chosen = form.0.gestionnaire.parse().ok().map(StaffId);
    let mut conn = desk.state.pool.get().await?;
    let handler = match chosen {
        Some(id) => staff::member(&mut conn, id).await?,
        None => None,
    };
    let Some(handler) = handler.filter(|member| member.roles.may(Right::WorkCases)) else {
        drop(conn);
        let mut errors = FormErrors::default();
        errors.push("gestionnaire", "Choisissez qui traitera le dossier.");
        return desk.show_again(Attempt::Assign(chosen), errors).await;
    };
    let (me, now) = (desk.current.id(), desk.state.clock.now());
    let done = case::assign(&mut conn, desk.seen, handler.id, me, now).await;
    drop(conn);
    desk.conclude(done, Attempt::Assign(chosen)).await
}
