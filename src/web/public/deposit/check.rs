//! The last step: everything told back, who will read it, and one button that sends.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::TimeDelta;

use crate::calendar::{long_date, paris_date};
use crate::case::Nature;
use crate::case::NotifyError;
use crate::case::draft::{Draft, DraftToken};
use crate::case::files;
use crate::case::filing::{Field, Filing, Terms, first_incomplete};
use crate::config::Switch;
use crate::db::DbError;
use crate::web::public::deposit::cookies::{DraftCookie, Held};
use crate::web::public::deposit::current::{self, Current};
use crate::web::public::deposit::gone::{self, Gone};
use crate::web::public::deposit::notice::{Asked, Notice};
use crate::web::public::deposit::posted::Posted;
use crate::web::public::deposit::progress::Progress;
use crate::web::public::deposit::seen::Seen;
use crate::web::public::deposit::{CHECK, CONFIRMATION, step_url};
use crate::web::public::enclosed;
use crate::web::public::recap::{self, Section};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState, html, retry, urls};

/// `templates/public/deposit/check.html`.
#[derive(Template)]
#[template(path = "public/deposit/check.html")]
struct CheckPage {
    csrf: String,
    progress: Progress,
    sections: Vec<Section>,
    is_request: bool,
    previous: String,
    kept_until: Option<String>,
    notice: Option<Notice>,
    seen: Seen,
}

/// `templates/public/deposit/send_again.html`: nothing was sent yet, one more click is needed.
#[derive(Template)]
#[template(path = "public/deposit/send_again.html")]
struct SendAgainPage {
    csrf: String,
    why: Why,
    shown_for: Option<Nature>,
    seen: Option<Seen>,
    kept_until: Option<String>,
}

/// Why one more click is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// Filled in like a robot: never refused, only asked once more.
    Unusual,
    /// The database is away.
    Unavailable,
    /// Too many filings from one address in an hour; one more is taken after this long.
    TooMany(TimeDelta),
}

impl SendAgainPage {
    fn button(&self) -> &'static str {
        match self.why {
            Why::Unusual => "Confirmer l’envoi",
            Why::Unavailable | Why::TooMany(_) => button(self.shown_for),
        }
    }
}

/// The button named for what it does.
const fn button(nature: Option<Nature>) -> &'static str {
    match nature {
        Some(Nature::InformationRequest) => "Envoyer ma demande",
        Some(Nature::Complaint) | None => "Envoyer ma réclamation",
    }
}

/// GET `/deposer/verification`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let draft = match current::find(&mut conn, &state, &request, visit.at).await? {
        Current::Open(draft) => draft,
        Current::Sent(token) => return confirmed(&visit, &token),
        Current::SentElsewhere => return gone::page(&visit, Gone::SentElsewhere),
        Current::Gone => return gone::page(&visit, Gone::Draft),
        Current::None => return Ok(begin()),
    };
    let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
    let terms = visit.terms(&catalogue);
    let Ok(filing) = Filing::parse(&draft.typed, &terms) else {
        return Ok(incomplete(&terms, &draft));
    };
    let files = files::of_draft(&mut conn, draft.id).await?;
    let sections = enclosed::add_draft(recap::of_filing(&filing, terms.today), &files);
    let page = CheckPage {
        csrf: visit.csrf(),
        progress: Progress::last(&draft.typed),
        is_request: filing.nature_declared == Some(Nature::InformationRequest),
        previous: sections
            .last()
            .map(|section| section.address.clone())
            .unwrap_or_default(),
        kept_until: Some(long_date(paris_date(draft.expires_at))),
        notice: asked.notice(),
        seen: Seen::now(&draft.typed, Field::ALL),
        sections,
    };
    visit.answer(StatusCode::OK, &page)
}

/// POST `/deposer/verification`: files, once, however often it is repeated.
pub(super) async fn send(
    state: Data<AppState>,
    request: HttpRequest,
    posted: Form<Posted>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &posted.csrf)?;
    match send_draft(&visit, &posted).await {
        Err(AppError::Unavailable(cause)) => {
            tracing::error!(error = %cause, "a filing could not be recorded");
            ask_again(&visit, &posted, Why::Unavailable)
        }
        Err(AppError::TooMany(wait)) => ask_again(&visit, &posted, Why::TooMany(wait)),
        answered => answered,
    }
}

async fn send_draft(visit: &Visit<'_>, posted: &Posted) -> Result<HttpResponse, AppError> {
    let state = visit.state;
    let mut conn = state.pool.get().await?;
    let draft = match current::find(&mut conn, state, visit.request, visit.at).await? {
        Current::Open(draft) => draft,
        Current::Sent(token) => return confirmed(visit, &token),
        Current::SentElsewhere => return gone::page(visit, Gone::SentElsewhere),
        Current::Gone => return gone::page(visit, Gone::Draft),
        Current::None => return Ok(begin()),
    };
    let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
    let terms = visit.terms(&catalogue);
    let Ok(filing) = Filing::parse(&draft.typed, &terms) else {
        return Ok(incomplete(&terms, &draft));
    };
    let has_changed = |seen: &Seen| !seen.is_current(&draft.typed, Field::ALL);
    if posted.seen.as_ref().is_some_and(has_changed) {
        return Ok(changed());
    }
    if is_unusual(visit, &draft, posted) {
        return ask_again(visit, posted, Why::Unusual);
    }
    let from = visit.client();
    state.public_limits.filings.admit(from, visit.at)?;
    let read = draft.as_ref();
    match crate::case::file(&mut conn, &state.office, read, &filing, visit.at).await {
        // Another page saved between our reading and our filing: nothing was filed.
        Err(NotifyError::Database(DbError::RollbackTransaction)) => return Ok(changed()),
        filed => filed?,
    };
    if let Some(from) = from {
        state.public_limits.filings.count(from, visit.at);
    }
    state.outbox_bell.notify_one();
    match DraftCookie::Draft.read(state, visit.request) {
        Held::Token(token) => confirmed(visit, &token),
        Held::Nothing | Held::Forged => Ok(html::see_other(CONFIRMATION)),
    }
}

/// Whether it was filled in as robots do: the trap taken, or faster than anyone types.
fn is_unusual(visit: &Visit<'_>, draft: &Draft, posted: &Posted) -> bool {
    let limits = &visit.state.settings.limits;
    let took = visit.at.signed_duration_since(draft.created_at);
    let is_hasty = limits.rate_limits == Switch::On
        && took < TimeDelta::seconds(limits.shortest_filing_seconds.into());
    !posted.is_confirmed && (is_hasty || !posted.trap.is_empty())
}

fn ask_again(visit: &Visit<'_>, posted: &Posted, why: Why) -> Result<HttpResponse, AppError> {
    let status = match why {
        Why::Unusual => StatusCode::OK,
        Why::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Why::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
    };
    let page = SendAgainPage {
        csrf: visit.csrf(),
        why,
        shown_for: posted.shown_for,
        seen: posted.seen.clone(),
        kept_until: None,
    };
    let answer = visit.answer(status, &page)?;
    Ok(match why {
        Why::TooMany(wait) => retry::after(answer, wait),
        Why::Unusual | Why::Unavailable => answer,
    })
}

fn confirmed(visit: &Visit<'_>, token: &DraftToken) -> Result<HttpResponse, AppError> {
    with_cookie(
        html::see_other(CONFIRMATION),
        &DraftCookie::Sent.holding(visit.state, token),
    )
}

/// Back to the check, to read what another page changed.
fn changed() -> HttpResponse {
    html::see_other(&format!("{CHECK}{}", Notice::Changed.query()))
}

fn begin() -> HttpResponse {
    html::see_other(&format!("{}{}", urls::DEPOSIT, Notice::OutOfOrder.query()))
}

fn incomplete(terms: &Terms<'_>, draft: &Draft) -> HttpResponse {
    let address =
        first_incomplete(&draft.typed, terms).map_or_else(|| urls::DEPOSIT.to_owned(), step_url);
    html::see_other(&format!("{address}{}", Notice::OutOfOrder.query()))
}
