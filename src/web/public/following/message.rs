//! POST `/suivi/dossier/message`: the person writes to us.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::filing::{Field, Problem, TextError};
use crate::case::{self, Nature, PersonText, Said, Submission};
use crate::db::Conn;
use crate::web::public::deposit::messages;
use crate::web::public::following::current::Current;
use crate::web::public::following::done;
use crate::web::public::following::page::CasePage;
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState};

/// POST: keeps the message, once.
pub(super) async fn create(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let write = async |conn: &mut Conn, current| keep(&visit, &form, conn, current).await;
    sent::act(&visit, &form, write).await
}

async fn keep(
    visit: &Visit<'_>,
    form: &Sent,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    let submission = Submission::parse(form.get("envoi"));
    let typed = form.get("message");
    let refused = match PersonText::optional(typed) {
        Ok(text) => {
            let said = (submission, text.as_ref());
            match case::write(conn, current.opened.case, said, visit.at).await? {
                Said::Now | Said::Before => return Ok(done("message")),
                Said::Nothing => TextError::Missing,
            }
        }
        Err(error) => error,
    };
    let mut page = CasePage::of(conn, visit, current).await?;
    page.writing.submission = submission;
    typed.clone_into(&mut page.writing.typed);
    let missing = "Écrivez votre message, ou joignez d’abord une pièce.";
    page.errors.push("message", words(refused, missing));
    visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What to do about a text that cannot be kept; `missing` when nothing was typed.
pub(super) fn words(error: TextError, missing: &str) -> String {
    if error == TextError::Missing {
        return missing.to_owned();
    }
    messages::message(Field::Facts, Problem::Text(error), Nature::Complaint)
}
