//! POST `/gestion/dossiers/{reference}/courrier`: a letter was posted, on a day someone vouches for.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::calendar::parse_typed_date;
use crate::case::{self, PostalKind};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::{Desk, Shown, page_field};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct PostingForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    #[serde(default)]
    date: String,
    #[serde(default)]
    lettre: String,
}

/// POST: any letter that was asked for.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<PostingForm>,
) -> Result<HttpResponse, AppError> {
    let kind = PostalKind::from_code(&form.0.lettre).ok_or(AppError::BadForm)?;
    record(state, current, &reference, form.0, kind).await
}

/// The day is read, then recorded.
pub(super) async fn record(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: &str,
    form: PostingForm,
    kind: PostalKind,
) -> Result<HttpResponse, AppError> {
    let shown = Shown {
        version: form.version,
        last_line: form.vu,
    };
    let desk = Desk::open(state, current, Right::WorkCases, reference, shown).await?;
    let attempt = Attempt::Post(kind, form.date);
    let typed = attempt.posted_on(kind).unwrap_or_default();
    let Ok(posted_on) = parse_typed_date(typed) else {
        let mut errors = FormErrors::default();
        errors.push(
            page_field(&attempt),
            "Indiquez le jour de l’envoi, par exemple 15/05/2026.",
        );
        return desk.show_again(attempt, errors).await;
    };
    let by = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let done = case::posted(&mut conn, desk.seen, kind, posted_on, by).await;
    drop(conn);
    desk.conclude(done, attempt).await
}
