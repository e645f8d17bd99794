//! POST `/gestion/dossiers/{reference}/requalification` and `…/reclamation`: staff hold that a case
//! is of the other nature.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::Nature;
use crate::case::requalification::{Motive, convert_by_staff, requalify};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::{Attempt, text_message};
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct RequalificationForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    #[serde(default)]
    motif: String,
}

/// POST: a complaint is a request, unless the person objects.
pub(in crate::web::staff) async fn to_request(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<RequalificationForm>,
) -> Result<HttpResponse, AppError> {
    let shown = form.0.shown();
    let desk = Desk::open(state, current, Right::RequalifyCases, &reference, shown).await?;
    act(desk, Nature::InformationRequest, form.0.motif).await
}

/// POST: a request is a complaint, at once.
pub(in crate::web::staff) async fn to_complaint(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<RequalificationForm>,
) -> Result<HttpResponse, AppError> {
    let shown = form.0.shown();
    let desk = Desk::open(state, current, Right::WorkCases, &reference, shown).await?;
    act(desk, Nature::Complaint, form.0.motif).await
}

impl RequalificationForm {
    const fn shown(&self) -> Shown {
        Shown {
            version: self.version,
            last_line: self.vu,
        }
    }
}

async fn act(desk: Desk, to: Nature, typed: String) -> Result<HttpResponse, AppError> {
    let motive = match Motive::parse(&typed) {
        Ok(motive) => motive,
        Err(error) => {
            let mut errors = FormErrors::default();
            errors.push("motif", text_message(error, "le motif"));
            return desk.show_again(Attempt::Requalify(to, typed), errors).await;
        }
    };
    let (office, by) = (
        &desk.state.office,
        (desk.current.id(), desk.state.clock.now()),
    );
    let mut conn = desk.state.pool.get().await?;
    let done = match to {
        Nature::InformationRequest => requalify(&mut conn, office, desk.seen, &motive, by).await,
        Nature::Complaint => convert_by_staff(&mut conn, office, desk.seen, &motive, by).await,
    };
    drop(conn);
    desk.conclude(done, Attempt::Requalify(to, typed)).await
}
