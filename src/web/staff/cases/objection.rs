//! POST `/gestion/dossiers/{reference}/opposition`: the person objected to a requalification otherwise
//! than on the site, on a day someone vouches for.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::calendar::parse_typed_date;
use crate::case::requalification::object_received;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::{Desk, Shown, page_field};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct ObjectionForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    #[serde(default)]
    date: String,
}

/// POST: the complaint stays one.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<ObjectionForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.0;
    let shown = Shown {
        version: form.version,
        last_line: form.vu,
    };
    let desk = Desk::open(state, current, Right::WorkCases, &reference, shown).await?;
    let read = parse_typed_date(&form.date);
    let attempt = Attempt::Object(form.date);
    let Ok(received_on) = read else {
        let mut errors = FormErrors::default();
        errors.push(
            page_field(&attempt),
            "Indiquez le jour de la réception, par exemple 15/05/2026.",
        );
        return desk.show_again(attempt, errors).await;
    };
    let by = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let done = object_received(&mut conn, desk.seen, received_on, by).await;
    drop(conn);
    desk.conclude(done, attempt).await
}
