//! POST `/gestion/dossiers/{reference}/reponse/envoi`: through the gate.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::answer::{self, Missing, SendError, Sending};
use crate::staff::Right;
use crate::web::staff::cases::acts::{self, ActLine};
use crate::web::staff::cases::answer::aids::Aids;
use crate::web::staff::cases::answer::gate_words::gate_messages;
use crate::web::staff::cases::answer::page::AnswerPage;
use crate::web::staff::cases::answer::typed::TypedAnswer;
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::refused::Why;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html};

/// Offered beside the answer and in its editor.
const SEND: &ActLine = &ActLine {
    path: "/gestion/dossiers/{reference}/reponse/envoi",
    label: "Envoyer la réponse",
    button: "Envoyer la réponse actuelle",
    done: "La réponse est passée au départ. Le délai s’arrête à sa remise.",
    right: Right::WorkCases,
    group: None,
    suits: |scene| scene.loaded.in_hand().is_some(),
    is_previewed: false,
};

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
    let writers = loaded
        .in_hand()
        .map_or_else(|| vec![desk.current.id()], |written| written.row.writers());
    let n_readers = loaded.colleagues.readers_for(&writers).len();
    let sending = Sending {
        signatory: desk.current.id(),
        signatory_name: desk.current.name().to_owned(),
        n_eligible_readers: i64::try_from(n_readers).unwrap_or(i64::MAX),
        at: desk.state.clock.now(),
    };
    let sent = answer::send(&mut conn, &desk.state.office, desk.seen, &sending).await;
    let aids = Aids::read(&mut conn, &loaded, desk.current.viewer(&desk.state)).await?;
    drop(conn);
    match sent {
        Ok(_) => desk.done(SEND.code()).await,
        Err(SendError::Gate(missing)) => refused_by_gate(&desk, &loaded, (&missing, aids)),
        Err(SendError::Act(error)) => acts::refuse(&desk, SEND, Why::from_act(error)?).await,
    }
}

fn refused_by_gate(
    desk: &Desk,
    loaded: &Loaded,
    (missing, aids): (&[Missing], Aids),
) -> Result<HttpResponse, AppError> {
    let typed = TypedAnswer::of(loaded);
    let errors = gate_messages(missing, loaded);
    let page = AnswerPage::new(&desk.state, &desk.current, loaded, &typed, errors);
    html::page(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page.helped(aids).at_the_gate(),
    )
}
