//! POST `/gestion/dossiers/{reference}/cloture`: closing an answered case.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case;
use crate::staff::Right;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct ClosingForm {
    version: i32,
    #[serde(default)]
    vu: i32,
}

/// POST: nothing more is owed.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<ClosingForm>,
) -> Result<HttpResponse, AppError> {
    let shown = Shown {
        version: form.0.version,
        last_line: form.0.vu,
    };
    let desk = Desk::open(state, current, Right::CloseCases, &reference, shown).await?;
    let (me, now) = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let done = case::close(&mut conn, desk.seen, me, now).await;
    drop(conn);
    desk.conclude(done, Attempt::Close).await
}
