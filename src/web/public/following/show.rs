//! The person's case: where it stands in plain French, its dates, what passed between us.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar::{days_left_words, plain_date};
use crate::case::exchange::{self, Exchange, Side};
use crate::case::{ClockState, Dossier, Milestones, Nature, Status, answer_clock, dossier};
use crate::firm;
use crate::web::public::dates::{self, DateLine};
use crate::web::public::following::opened::Opened;
use crate::web::public::recap::{self, Section};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html, urls};

/// `templates/public/following/case.html`.
#[derive(Template)]
#[template(path = "public/following/case.html")]
struct CasePage {
    csrf: String,
    dossier: Dossier,
    standing: Standing,
    left: Option<String>,
    is_late: bool,
    dates: Vec<DateLine>,
    exchanges: Vec<Exchange>,
    copy: Vec<Section>,
}

/// Where the case stands, in words.
struct Standing {
    title: &'static str,
    badge: &'static str,
    tone: &'static str,
}

impl CasePage {
    fn is_request(&self) -> bool {
        self.dossier.case.nature == Nature::InformationRequest
    }

    fn is_ours(exchange: &Exchange) -> bool {
        exchange.side == Side::Office
    }

    /// « Vous », or the service that wrote.
    fn author(&self, exchange: &Exchange) -> &'static str {
        match exchange.side {
            Side::Person => "Vous",
            Side::Office if self.is_request() => firm::CUSTOMER_SERVICE,
            Side::Office => firm::COMPLAINTS_SERVICE,
        }
    }

    /// « 4 mai 2026, 10 h 12 », Paris time.
    fn moment(exchange: &Exchange) -> String {
        moment(exchange.at)
    }
}

fn moment(at: DateTime<Utc>) -> String {
    let paris = at.with_timezone(&Paris);
    format!(
        "{}, {}\u{a0}h\u{a0}{:02}",
        plain_date(paris.date_naive()),
        paris.hour(),
        paris.minute()
    )
}

/// GET `/suivi/dossier`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let again = || html::see_other(&format!("{}?avis=expire", urls::FOLLOWING));
    let Some(opened) = Opened::read(&state, &request, visit.at) else {
        return Ok(again());
    };
    let mut conn = state.pool.get().await?;
    let dossier = dossier::by_id(&mut conn, opened.case).await?;
    if dossier.case.code_generation != opened.code_generation {
        return Ok(again());
    }
    let clock = answer_state(&dossier, visit.today());
    let page = CasePage {
        csrf: visit.csrf(),
        standing: standing(dossier.case.nature, dossier.case.status),
        left: left(clock, visit.today()),
        is_late: matches!(clock, ClockState::Overdue { due, .. }
            if !dates::was_past_at_arrival(&dossier, due)),
        dates: dates::of(&dossier, visit.today()),
        exchanges: exchange::with_person(&mut conn, opened.case).await?,
        copy: recap::of_dossier(&dossier),
        dossier,
    };
    visit.answer(StatusCode::OK, &page)
}

fn answer_state(dossier: &Dossier, today: NaiveDate) -> ClockState {
    let done = Milestones {
        acknowledged_on: dossier.case.acknowledged_on,
        answered_on: dossier.case.answered_on,
        ended_on: dossier.case.closed_on,
    };
    answer_clock(dossier.dates.answer_due_on, &done, today)
}

/// How long is left to answer, while an answer is owed.
fn left(clock: ClockState, today: NaiveDate) -> Option<String> {
    match clock {
        ClockState::Running { due, .. } | ClockState::DueToday { due } => {
            Some(format!("Réponse\u{202f}: {}.", days_left_words(due, today)))
        }
        ClockState::NotRunning
        | ClockState::Overdue { .. }
        | ClockState::Met { .. }
        | ClockState::MetLate { .. } => None,
    }
}

const fn standing(nature: Nature, status: Status) -> Standing {
    let (title, badge, tone) = match (nature, status) {
        (Nature::Complaint, Status::Received) => {
            ("Votre réclamation est bien reçue", "Reçue", "blue")
        }
        (Nature::Complaint, Status::Acknowledged) => (
            "Votre réclamation est en cours d’examen",
            "En cours d’examen",
            "blue",
        ),
        (Nature::Complaint, Status::Answered) => (
            "Nous avons répondu à votre réclamation",
            "Réponse envoyée",
            "ok",
        ),
        (Nature::Complaint, Status::Closed) => ("Votre réclamation est clôturée", "Clôturée", ""),
        (Nature::Complaint, Status::Withdrawn) => ("Votre réclamation est retirée", "Retirée", ""),
        (Nature::InformationRequest, Status::Received | Status::Acknowledged) => {
            ("Votre demande est bien reçue", "Reçue", "blue")
        }
        (Nature::InformationRequest, Status::Answered) => (
            "Nous avons répondu à votre demande",
            "Réponse envoyée",
            "ok",
        ),
        (Nature::InformationRequest, Status::Closed) => {
            ("Votre demande est clôturée", "Clôturée", "")
        }
        (Nature::InformationRequest, Status::Withdrawn) => {
            ("Votre demande est retirée", "Retirée", "")
        }
    };
    Standing { title, badge, tone }
}
