//! The link of an e-mail that opens a case for reading: GET shows a button and nothing of the case,
//! POST opens it, so that a mail scanner opens nothing.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::case::{self, WayError, WayThrough};
use crate::web::public::following::CASE;
use crate::web::public::following::opened::{Opened, Way};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState, html};

/// `templates/public/following/link.html`.
#[derive(Template)]
#[template(path = "public/following/link.html")]
struct LinkPage {
    csrf: String,
    action: String,
}

/// `templates/public/following/link_spent.html`.
#[derive(Template)]
#[template(path = "public/following/link_spent.html")]
pub(super) struct LinkSpentPage;

/// A form that is a button.
#[derive(Deserialize)]
pub(super) struct Pressed {
    #[serde(default)]
    pub(super) csrf: String,
}

/// GET `/suivi/lien/{token}`.
pub(super) async fn ask(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    match case::through_link(&mut conn, &state.office, &token, visit.at).await {
        Ok(_) => {
            let page = LinkPage {
                csrf: visit.csrf(),
                action: request.path().to_owned(),
            };
            visit.answer(StatusCode::OK, &page)
        }
        Err(error) => refuse(&visit, error),
    }
}

/// POST `/suivi/lien/{token}`.
pub(super) async fn open(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
    pressed: Form<Pressed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &pressed.csrf)?;
    let mut conn = state.pool.get().await?;
    match case::through_link(&mut conn, &state.office, &token, visit.at).await {
        Ok(through) => {
            let opened = opened(&visit, through);
            with_cookie(html::see_other(CASE), &opened.cookie(&state, visit.at))
        }
        Err(error) => refuse(&visit, error),
    }
}

/// The case opened for reading, unless this browser already has it open with its code.
fn opened(visit: &Visit<'_>, through: WayThrough) -> Opened {
    let by_link = Opened {
        case: through.reference.case(),
        code_generation: through.code_generation,
        way: Way::Link,
    };
    let by_code = Opened {
        way: Way::Code,
        ..by_link
    };
    match Opened::read(visit.state, visit.request, visit.at) {
        Some(before) if before == by_code => by_code,
        _ => by_link,
    }
}

/// What a link that cannot be used shows.
pub(super) fn refuse(visit: &Visit<'_>, error: WayError) -> Result<HttpResponse, AppError> {
    match error {
        WayError::Link(_) => visit.answer(StatusCode::GONE, &LinkSpentPage),
        WayError::Database(error) => Err(error.into()),
    }
}
