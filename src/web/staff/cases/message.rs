//! POST `/gestion/dossiers/{reference}/message`: writing to the person, or answering a request.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::{self, MessageRole, MessageText};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::{Attempt, text_message};
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct MessageForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    #[serde(default)]
    message: String,
    /// `reponse` answers the request; anything else is a message along the way.
    #[serde(default)]
    role: String,
}

/// POST: queues the message.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<MessageForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.0;
    let shown = Shown {
        version: form.version,
        last_line: form.vu,
    };
    let (role, field) = if form.role == "reponse" {
        (MessageRole::RequestAnswer, "reponse")
    } else {
        (MessageRole::Exchange, "message")
    };
    let desk = Desk::open(state, current, Right::WorkCases, &reference, shown).await?;
    let attempt = Attempt::Message(role, form.message);
    let typed = attempt.message(role).unwrap_or_default();
    let text = match MessageText::parse(typed) {
        Ok(text) => text,
        Err(error) => {
            let mut errors = FormErrors::default();
            errors.push(field, text_message(error, "le message"));
            return desk.show_again(attempt, errors).await;
        }
    };
    let by = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let office = &desk.state.office;
    let done = case::message(&mut conn, office, desk.seen, (role, &text), by).await;
    drop(conn);
    desk.conclude(done, attempt).await
}
