//! POST `/gestion/raccourcis`: single keys act in lists, or do not (WCAG 2.1.4).

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;

use crate::staff;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html, urls};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct ShortcutsForm {
    /// `oui`, or `non`.
    actifs: String,
}

/// Keeps the choice of the person at the desk.
pub(in crate::web::staff) async fn update(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<ShortcutsForm>,
) -> Result<HttpResponse, AppError> {
    let mut conn = state.pool.get().await?;
    staff::set_shortcuts(&mut conn, current.id(), form.0.actifs == "oui").await?;
    Ok(html::see_other(&format!("{}#clavier", urls::STAFF_INBOX)))
}
