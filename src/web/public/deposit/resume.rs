//! Taking a draft up on another browser: the link asked for, and the link followed. GET shows, POST
//! acts, so that a mail scanner takes nothing up.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use crate::calendar::{long_date, paris_date};
use crate::case::draft::{self, Draft, DraftId, DraftToken, read_resume_link};
use crate::case::filing::Field;
use crate::db::Conn;
use crate::mail::EmailAddress;
use crate::web::form::FormErrors;
use crate::web::public::deposit::cookies::DraftCookie;
use crate::web::public::deposit::current::{self, Current};
use crate::web::public::deposit::gone::{self, Gone};
use crate::web::public::deposit::notice::{Asked, Notice};
use crate::web::public::deposit::way::where_to_go_on;
use crate::web::public::deposit::{CONFIRMATION, RESUME, messages};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState, html, retry, urls};

/// `templates/public/deposit/resume_ask.html`.
#[derive(Template)]
#[template(path = "public/deposit/resume_ask.html")]
struct AskPage {
    csrf: String,
    email: String,
    errors: FormErrors,
    notice: Option<Notice>,
    /// Why nothing was sent, if so.
    trouble: Option<Trouble>,
    /// None while the draft cannot be read.
    kept_until: Option<String>,
    back: String,
}

/// Why a link was not prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Asked for too often; it may be asked for again after this long.
    TooMany(TimeDelta),
    /// The database is away.
    Unavailable,
}

/// `templates/public/deposit/resume_take.html`.
#[derive(Template)]
#[template(path = "public/deposit/resume_take.html")]
struct TakePage {
    csrf: String,
    token: String,
    kept_until: String,
    replaces_another: bool,
}

/// The form that asks for a link.
#[derive(Deserialize)]
pub(super) struct LinkAsked {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    email: String,
}

/// The form that takes the draft up.
#[derive(Deserialize)]
pub(super) struct Taken {
    #[serde(default)]
    csrf: String,
}

/// GET `/deposer/reprise`.
pub(super) async fn ask(
    state: Data<AppState>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let draft = match open_draft(&visit, &mut conn).await? {
        Ok(draft) => draft,
        Err(answer) => return Ok(answer),
    };
    let mut page = ask_page(&visit, &mut conn, &draft).await?;
    page.notice = asked.notice();
    visit.answer(StatusCode::OK, &page)
}

/// POST `/deposer/reprise`: the same answer for every address.
pub(super) async fn send(
    state: Data<AppState>,
    request: HttpRequest,
    posted: Form<LinkAsked>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &posted.csrf)?;
    match send_link(&visit, &posted).await {
        Err(AppError::Unavailable(cause)) => {
            tracing::error!(error = %cause, "a link to a draft could not be prepared");
            let page = AskPage {
                csrf: visit.csrf(),
                email: posted.email.clone(),
                errors: FormErrors::default(),
                notice: None,
                trouble: Some(Trouble::Unavailable),
                kept_until: None,
                back: urls::DEPOSIT.to_owned(),
            };
            visit.answer(StatusCode::SERVICE_UNAVAILABLE, &page)
        }
        answered => answered,
    }
}

async fn send_link(visit: &Visit<'_>, posted: &LinkAsked) -> Result<HttpResponse, AppError> {
    let state = visit.state;
    let mut conn = state.pool.get().await?;
    let draft = match open_draft(visit, &mut conn).await? {
        Ok(draft) => draft,
        Err(answer) => return Ok(answer),
    };
    let email = match EmailAddress::parse(posted.email.trim()) {
        Ok(email) => email,
        Err(error) => {
            let mut page = ask_page(visit, &mut conn, &draft).await?;
            page.email.clone_from(&posted.email);
            page.errors.push("email", messages::email(error));
            return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (by_address, by_draft) = (
        &state.public_limits.links_by_address,
        &state.public_limits.links_by_draft,
    );
    let from = visit.client();
    let wait = by_draft
        .wait(draft.id, visit.at)
        .or_else(|| from.and_then(|from| by_address.wait(from, visit.at)));
    if let Some(wait) = wait {
        let mut page = ask_page(visit, &mut conn, &draft).await?;
        page.email.clone_from(&posted.email);
        page.trouble = Some(Trouble::TooMany(wait));
        let answer = visit.answer(StatusCode::TOO_MANY_REQUESTS, &page)?;
        return Ok(retry::after(answer, wait));
    }
    let office = (state.office.as_ref(), &state.keys.drafts);
    draft::send_link(&mut conn, office, &draft, &email, visit.at).await?;
    by_draft.count(draft.id, visit.at);
    if let Some(from) = from {
        by_address.count(from, visit.at);
    }
    state.outbox_bell.notify_one();
    let address = format!("{RESUME}{}", Notice::LinkAsked.query());
    Ok(html::see_other(&address))
}

/// The visitor's draft, or where to lead them.
async fn open_draft(
    visit: &Visit<'_>,
    conn: &mut Conn,
) -> Result<Result<Box<Draft>, HttpResponse>, AppError> {
    let answer = match current::find(conn, visit.state, visit.request, visit.at).await? {
        Current::Open(draft) => return Ok(Ok(draft)),
        Current::Sent(..) => html::see_other(CONFIRMATION),
        Current::SentElsewhere => gone::page(visit, Gone::SentElsewhere)?,
        Current::Gone => gone::page(visit, Gone::Draft)?,
        Current::None => {
            html::see_other(&format!("{}{}", urls::DEPOSIT, Notice::OutOfOrder.query()))
        }
    };
    Ok(Err(answer))
}

async fn ask_page(visit: &Visit<'_>, conn: &mut Conn, draft: &Draft) -> Result<AskPage, AppError> {
    let catalogue = visit.state.catalogue.read(conn, visit.at).await?;
    Ok(AskPage {
        csrf: visit.csrf(),
        email: draft.typed.get(Field::Email).to_owned(),
        errors: FormErrors::default(),
        notice: None,
        trouble: None,
        kept_until: Some(long_date(paris_date(draft.expires_at))),
        back: where_to_go_on(&draft.typed, &visit.terms(&catalogue)),
    })
}

/// GET `/deposer/reprise/{token}`.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let Some(id) = read_resume_link(&state.keys.drafts, &token) else {
        return gone::page(&visit, Gone::BadLink);
    };
    let mut conn = state.pool.get().await?;
    let draft = match find(&visit, &mut conn, id).await? {
        Ok(draft) => draft,
        Err(gone) => return gone::page(&visit, gone),
    };
    let mine = current::find(&mut conn, &state, &request, visit.at).await?;
    let page = TakePage {
        csrf: visit.csrf(),
        token: token.into_inner(),
        kept_until: long_date(paris_date(draft.expires_at)),
        replaces_another: matches!(mine, Current::Open(mine) if mine.id != id),
    };
    visit.answer(StatusCode::OK, &page)
}

/// POST `/deposer/reprise/{token}`: this browser has the draft too.
pub(super) async fn take(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
    posted: Form<Taken>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &posted.csrf)?;
    let Some(id) = read_resume_link(&state.keys.drafts, &token) else {
        return gone::page(&visit, Gone::BadLink);
    };
    let mut conn = state.pool.get().await?;
    let draft = match find(&visit, &mut conn, id).await? {
        Ok(draft) => draft,
        Err(gone) => return gone::page(&visit, gone),
    };
    let catalogue = state.catalogue.read(&mut conn, visit.at).await?;
    let next = where_to_go_on(&draft.typed, &visit.terms(&catalogue));
    let mine = current::find(&mut conn, &state, &request, visit.at).await?;
    if matches!(mine, Current::Open(mine) if mine.id == id) {
        // The browser that began it keeps its own token, which reads the confirmation too.
        return Ok(html::see_other(&next));
    }
    let token = DraftToken::resumed(&state.keys.drafts, id);
    let cookie = DraftCookie::Draft.holding(&state, &token);
    with_cookie(html::see_other(&next), &cookie)
}

/// The draft of a link that is ours, or why it cannot be taken up.
async fn find(
    visit: &Visit<'_>,
    conn: &mut Conn,
    id: DraftId,
) -> Result<Result<Draft, Gone>, AppError> {
    let token = DraftToken::resumed(&visit.state.keys.drafts, id);
    let draft = draft::load(conn, &token, visit.at).await?;
    Ok(match draft {
        None => Err(Gone::LinkOver),
        Some(draft) if draft.filed.is_some() => Err(Gone::SentElsewhere),
        Some(draft) => Ok(draft),
    })
}
