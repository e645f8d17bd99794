//! POST `/gestion/dossiers/{reference}/reponse/envoi`: through the gate.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::answer::{self, Missing, SendError, Sending};
use crate::staff::Right;
use crate::web::staff::cases::answer::page::{AnswerPage, gate_messages};
use crate::web::staff::cases::answer::typed::TypedAnswer;
use crate::web::staff::cases::attempt::Attempt;
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct SendingForm {
    version: i32,
    #[serde(default)]
    vu: i32,
}

/// POST: the answer in hand leaves, or is told what it lacks.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<SendingForm>,
) -> Result<HttpResponse, AppError> {
    let shown = Shown {
        version: form.0.version,
        last_line: form.0.vu,
    };
    send(Desk::open(state, current, Right::WorkCases, &reference, shown).await?).await
}

/// Sends the answer in hand.
pub(super) async fn send(desk: Desk) -> Result<HttpResponse, AppError> {
    let mut conn = desk.state.pool.get().await?;
    let loaded = desk.load(&mut conn).await?;
    let author = loaded
        .in_hand()
        .map_or(desk.current.id(), |written| written.row.author());
    let n_readers = loaded.colleagues.readers_for(author).len();
    let sending = Sending {
        signatory: desk.current.id(),
        signatory_name: desk.current.name().to_owned(),
        n_eligible_readers: i64::try_from(n_readers).unwrap_or(i64::MAX),
        at: desk.state.clock.now(),
    };
    let sent = answer::send(&mut conn, &desk.state.office, desk.seen, &sending).await;
    drop(conn);
    match sent {
        Ok(_) => desk.conclude(Ok(()), Attempt::Send).await,
        Err(SendError::Gate(missing)) => refused_by_gate(&desk, &loaded, &missing),
        Err(SendError::Act(error)) => desk.conclude(Err(error), Attempt::Send).await,
    }
}

fn refused_by_gate(
    desk: &Desk,
    loaded: &Loaded,
    missing: &[Missing],
) -> Result<HttpResponse, AppError> {
    let typed = TypedAnswer::of_draft(loaded.in_hand());
    let errors = gate_messages(missing, loaded);
    let page = AnswerPage::new(&desk.state, &desk.current, loaded, &typed, errors);
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page.at_the_gate())
}
