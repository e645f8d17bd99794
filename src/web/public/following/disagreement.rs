//! `/suivi/dossier/desaccord`: the person contests our answer, outright and with their reasons.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;

use crate::calendar::reexamination_target;
use crate::case::{self, ActError, Dossier, PersonText, Submission, may_disagree};
use crate::db::Conn;
use crate::web::form::FormErrors;
use crate::web::public::following::current::{self, Current};
use crate::web::public::following::message::words;
use crate::web::public::following::page::CasePage;
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::following::{CASE, done};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// `templates/public/following/disagreement.html`.
#[derive(Template)]
#[template(path = "public/following/disagreement.html")]
struct DisagreementPage {
    csrf: String,
    errors: FormErrors,
    dossier: Dossier,
    submission: Submission,
    typed: String,
    /// The promise: when we shall have answered again.
    target_on: NaiveDate,
}

impl DisagreementPage {
    fn new(visit: &Visit<'_>, dossier: Dossier) -> Self {
        let within = visit.state.office.disagreement_target();
        Self {
            csrf: visit.csrf_for(dossier.case.id()),
            errors: FormErrors::default(),
            dossier,
            submission: Submission::new(),
            typed: String::new(),
            target_on: reexamination_target(visit.today(), within),
        }
    }
}

/// GET: what follows, before anything is done.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let Some(current) = current::find(&mut conn, &visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    let case = &current.dossier.case;
    if !may_disagree(case.nature, case.status) {
        return Ok(html::see_other(CASE));
    }
    visit.answer(
        StatusCode::OK,
        &DisagreementPage::new(&visit, current.dossier),
    )
}

/// POST: the complaint is open again.
pub(super) async fn create(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let disagree = async |conn: &mut Conn, current| keep(&visit, &form, conn, current).await;
    sent::act(&visit, &form, disagree).await
}

async fn keep(
    visit: &Visit<'_>,
    form: &Sent,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    let submission = Submission::parse(form.get("envoi"));
    let typed = form.get("motif");
    let again = |dossier, error: String| {
        let mut page = DisagreementPage::new(visit, dossier);
        page.submission = submission;
        typed.clone_into(&mut page.typed);
        page.errors.push("motif", error);
        visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    let reason = match PersonText::parse(typed) {
        Ok(reason) => reason,
        Err(error) => {
            let error = words(error, "Écrivez ce que vous contestez, et pourquoi.");
            return again(current.dossier, error);
        }
    };
    let (office, case) = (&visit.state.office, current.opened.case);
    match case::disagree(conn, office, case, (submission, &reason), visit.at).await {
        Ok(_) => Ok(done("desaccord")),
        Err(ActError::NotNow(_)) => {
            let mut page = CasePage::of(conn, visit, current).await?;
            typed.clone_into(&mut page.writing.typed);
            page.errors.push("message", NOT_NOW);
            visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(sent::failure(error)),
    }
}

/// Another page said it already: what was typed here waits in the box of messages.
const NOT_NOW: &str = "Envoyez ce texte comme un message\u{202f}: votre désaccord est déjà \
                       enregistré, ou ce dossier n’a pas de réponse à contester.";
