//! POST `/gestion/dossiers/{reference}/note`: an internal note.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::{self, NoteText};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::attempt::{Attempt, text_message};
use crate::web::staff::cases::desk::{Desk, Shown};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct NoteForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    #[serde(default)]
    note: String,
}

/// POST: adds the note.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<NoteForm>,
) -> Result<HttpResponse, AppError> {
    let NoteForm { version, vu, note } = form.0;
    let shown = Shown {
        version,
        last_line: vu,
    };
    let desk = Desk::open(state, current, Right::WorkCases, &reference, shown).await?;
    let text = match NoteText::parse(&note) {
        Ok(text) => text,
        Err(error) => {
            let mut errors = FormErrors::default();
            errors.push("note", text_message(error, "la note"));
            return desk.show_again(Attempt::Note(note), errors).await;
        }
    };
    let (me, now) = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let done = case::note(&mut conn, desk.seen, &text, me, now).await;
    drop(conn);
    desk.conclude(done, Attempt::Note(note)).await
}
