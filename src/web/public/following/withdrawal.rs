//! `/suivi/dossier/retrait`: the person ends their case, told first what follows.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::case::{self, ActError, Dossier, Nature, Reason, Status};
use crate::db::Conn;
use crate::web::form::FormErrors;
use crate::web::public::following::current::{self, Current};
use crate::web::public::following::message::words;
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::following::{CASE, done};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// `templates/public/following/withdrawal.html`.
#[derive(Template)]
#[template(path = "public/following/withdrawal.html")]
struct WithdrawalPage {
    csrf: String,
    errors: FormErrors,
    dossier: Dossier,
    /// An answer is on its way.
    answer_may_arrive: bool,
    typed: String,
}

impl WithdrawalPage {
    async fn new(visit: &Visit<'_>, conn: &mut Conn, dossier: Dossier) -> Result<Self, AppError> {
        Ok(Self {
            answer_may_arrive: case::answer_may_arrive(conn, dossier.case.id()).await?,
            csrf: visit.csrf_for(dossier.case.id()),
            errors: FormErrors::default(),
            dossier,
            typed: String::new(),
        })
    }

    fn is_complaint(&self) -> bool {
        self.dossier.case.nature == Nature::Complaint
    }

    fn is_answered(&self) -> bool {
        self.dossier.case.status == Status::Answered
    }

    /// « votre réclamation », « votre demande ».
    fn what(&self) -> &'static str {
        if self.is_complaint() {
            "votre réclamation"
        } else {
            "votre demande"
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
    if current.dossier.case.status.has_ended() {
        return Ok(html::see_other(CASE));
    }
    let page = WithdrawalPage::new(&visit, &mut conn, current.dossier).await?;
    drop(conn);
    visit.answer(StatusCode::OK, &page)
}

/// POST: the case has ended.
pub(super) async fn create(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let withdraw = async |conn: &mut Conn, current| keep(&visit, &form, conn, current).await;
    sent::act(&visit, &form, withdraw).await
}

async fn keep(
    visit: &Visit<'_>,
    form: &Sent,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    let typed = form.get("motif");
    let reason = match Reason::optional(typed) {
        Ok(reason) => reason,
        Err(error) => {
            let mut page = WithdrawalPage::new(visit, conn, current.dossier).await?;
            typed.clone_into(&mut page.typed);
            page.errors.push("motif", words(error, ""));
            return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (office, case) = (&visit.state.office, current.opened.case);
    match case::withdraw(conn, office, case, reason.as_ref(), visit.at).await {
        Ok(_) => {
            visit.state.outbox_bell.notify_one();
            Ok(done("retrait"))
        }
        // Closed meanwhile: the page of the case says so.
        Err(ActError::NotNow(_)) => Ok(html::see_other(CASE)),
        Err(error) => Err(sent::failure(error)),
    }
}
