//! The person objects to a requalification: from the page of the case, or by the link of the notice,
//! whose page asks for no code.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::case::ActError;
use crate::case::requalification::{self, ObjectError};
use crate::db::Conn;
use crate::web::public::following::current::Current;
use crate::web::public::following::link::{Pressed, refuse};
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::following::{CASE, done};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// `templates/public/following/objection.html`.
#[derive(Template)]
#[template(path = "public/following/objection.html")]
struct ObjectionPage {
    csrf: String,
    action: String,
    told: Told,
}

/// What the page of the link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// The button.
    Ask,
    /// It stays a complaint.
    Done,
    /// Too late, or answered meanwhile.
    Over,
}

/// POST `/suivi/dossier/opposition`.
pub(super) async fn create(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let object = async |conn: &mut Conn, current| keep(&visit, conn, current).await;
    sent::act(&visit, &form, object).await
}

async fn keep(
    visit: &Visit<'_>,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    match requalification::object(conn, current.opened.case, visit.at).await {
        Ok(()) => Ok(done("opposition")),
        // Nothing waits for it any more: the page of the case says where it stands.
        Err(ActError::NotNow(_)) => Ok(html::see_other(CASE)),
        Err(error) => Err(sent::failure(error)),
    }
}

/// GET `/suivi/opposition/{token}`.
pub(super) async fn ask(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    match requalification::to_object(&mut conn, &state.office, &token, visit.at).await {
        Ok(_) => tell(&visit, Told::Ask),
        Err(error) => refuse(&visit, error),
    }
}

/// POST `/suivi/opposition/{token}`.
pub(super) async fn by_link(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
    pressed: Form<Pressed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &pressed.csrf)?;
    let mut conn = state.pool.get().await?;
    let office = &state.office;
    match requalification::object_by_link(&mut conn, office, &token, visit.at).await {
        Ok(()) => tell(&visit, Told::Done),
        Err(ObjectError::Over) => tell(&visit, Told::Over),
        Err(ObjectError::Way(error)) => refuse(&visit, error),
    }
}

fn tell(visit: &Visit<'_>, told: Told) -> Result<HttpResponse, AppError> {
    let page = ObjectionPage {
        csrf: visit.csrf(),
        action: visit.request.path().to_owned(),
        told,
    };
    visit.answer(StatusCode::OK, &page)
}
