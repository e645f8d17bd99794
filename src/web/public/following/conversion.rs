//! `/suivi/dossier/reclamation`: a request becomes a complaint, told first what changes.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::calendar::{LegalDates, Promise, long_date, plain_date, promise};
use crate::case::requalification::convert_by_person;
use crate::case::{ActError, Dossier, Nature, Status};
use crate::db::Conn;
use crate::web::public::following::current::{self, Current};
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::following::{CASE, done};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// `templates/public/following/conversion.html`.
#[derive(Template)]
#[template(path = "public/following/conversion.html")]
struct ConversionPage {
    csrf: String,
    dossier: Dossier,
    dates: LegalDates,
    /// By when the complaint is answered.
    answer: Promise,
}

impl ConversionPage {
    fn new(visit: &Visit<'_>, dossier: Dossier) -> Self {
        let dates = dossier.dates_as_complaint();
        Self {
            csrf: visit.csrf_for(dossier.case.id()),
            answer: promise(dates.answer_due.date, visit.today()),
            dates,
            dossier,
        }
    }

    fn written_on(&self) -> String {
        plain_date(self.dossier.written_on())
    }

    fn mediation_last_day(&self) -> String {
        long_date(self.dates.mediation_last_day.date)
    }

    fn answered_on(&self) -> Option<String> {
        self.dossier.case.answered_on.map(plain_date)
    }
}

/// Whether this case can become a complaint: a request that was not withdrawn.
pub(super) fn is_offered(dossier: &Dossier) -> bool {
    dossier.case.nature == Nature::InformationRequest && dossier.case.status != Status::Withdrawn
}

/// GET: what changes, before anything is done.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let Some(Current { dossier, .. }) = current::find(&mut conn, &visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    if !is_offered(&dossier) {
        return Ok(html::see_other(CASE));
    }
    visit.answer(StatusCode::OK, &ConversionPage::new(&visit, dossier))
}

/// POST: it is a complaint, with its original date.
pub(super) async fn create(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let convert = async |conn: &mut Conn, current| keep(&visit, conn, current).await;
    sent::act(&visit, &form, convert).await
}

async fn keep(
    visit: &Visit<'_>,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    let (office, case) = (&visit.state.office, current.opened.case);
    match convert_by_person(conn, office, case, visit.at).await {
        Ok(()) => {
            visit.state.outbox_bell.notify_one();
            Ok(done("reclamation"))
        }
        // Withdrawn meanwhile: the page of the case says so.
        Err(ActError::NotNow(_)) => Ok(html::see_other(CASE)),
        Err(error) => Err(sent::failure(error)),
    }
}
