//! POST `/suivi/dossier/avis`: what the person thinks of our answer.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::{self, ActError, Comment, Satisfaction};
use crate::db::Conn;
use crate::web::public::following::current::{self, Current};
use crate::web::public::following::done;
use crate::web::public::following::message::words;
use crate::web::public::following::page::CasePage;
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState};

/// POST: keeps the evaluation, or changes it.
pub(super) async fn update(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let evaluate = async |conn: &mut Conn, current| keep(&visit, &form, conn, current).await;
    sent::act(&visit, &form, evaluate).await
}

async fn keep(
    visit: &Visit<'_>,
    form: &Sent,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    let (level, comment) = (
        Satisfaction::from_code(form.get("avis")),
        Comment::optional(form.get("commentaire")),
    );
    let (level, comment) = match (level, comment) {
        (Some(level), Ok(comment)) => (level, comment),
        (level, comment) => {
            let mut faults = Vec::new();
            if level.is_none() {
                faults.push((
                    "avis",
                    "Indiquez si notre réponse vous satisfait.".to_owned(),
                ));
            }
            faults.extend(comment.err().map(|error| ("commentaire", words(error, ""))));
            return again(visit, form, conn, current, faults).await;
        }
    };
    let version = form.get("version").parse().unwrap_or_default();
    let said = (level, comment.as_ref());
    let fault = match case::evaluate(conn, current.opened.case, version, said, visit.at).await {
        Ok(()) => return Ok(done("avis")),
        Err(ActError::Stale) => STALE,
        Err(ActError::BadDate) => OVER,
        Err(ActError::NotNow(_)) => NOT_YET,
        Err(error) => return Err(sent::failure(error)),
    };
    let current = current::of(conn, current.opened).await?;
    let faults = vec![("avis", fault.to_owned())];
    again(visit, form, conn, current, faults).await
}

/// The page with what was typed, beside what is kept.
async fn again(
    visit: &Visit<'_>,
    form: &Sent,
    conn: &mut Conn,
    current: Current,
    faults: Vec<(&'static str, String)>,
) -> Result<HttpResponse, AppError> {
    let mut page = CasePage::of(conn, visit, current).await?;
    page.evaluation
        .retype(form.get("avis"), form.get("commentaire"));
    for (field, message) in faults {
        page.errors.push(field, message);
    }
    visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

const STALE: &str = "Vérifiez votre avis\u{202f}: vous en avez donné un autre depuis une autre page. Les \
                     deux sont ci-dessous\u{202f}; envoyez de nouveau pour garder celui-ci.";
const OVER: &str = "Écrivez-nous plutôt un message\u{202f}: un avis se donne et se modifie pendant \
                    30\u{a0}jours après la réponse, et ce délai est passé.";
const NOT_YET: &str = "Attendez notre réponse pour donner votre avis.";
