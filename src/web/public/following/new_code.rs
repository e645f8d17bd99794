//! The link that gives a new access code: GET shows a button, POST makes the code and shows it, on
//! the page and nowhere else.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::case::{self, AccessCode, Reference};
use crate::web::public::following::link::{Pressed, refuse};
use crate::web::public::following::opened::{Opened, Way};
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, AppState};

/// `templates/public/following/new_code.html`.
#[derive(Template)]
#[template(path = "public/following/new_code.html")]
struct NewCodePage {
    csrf: String,
    action: String,
    made: Option<Made>,
}

/// A code, for its person to keep.
struct Made {
    reference: Reference,
    code: AccessCode,
}

/// GET `/suivi/nouveau-code/{token}`.
pub(super) async fn ask(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    match case::to_renew_code(&mut conn, &state.office, &token, visit.at).await {
        Ok(()) => {
            let page = NewCodePage {
                csrf: visit.csrf(),
                action: request.path().to_owned(),
                made: None,
            };
            visit.answer(StatusCode::OK, &page)
        }
        Err(error) => refuse(&visit, error),
    }
}

/// POST `/suivi/nouveau-code/{token}`: the answer is the page itself, because the code is kept
/// nowhere; sending it again shows the same code.
pub(super) async fn renew(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
    pressed: Form<Pressed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &pressed.csrf)?;
    let mut conn = state.pool.get().await?;
    let through = match case::renew_code(&mut conn, &state.office, &token, visit.at).await {
        Ok(through) => through,
        Err(error) => return refuse(&visit, error),
    };
    let opened = Opened {
        case: through.reference.case(),
        code_generation: through.code_generation,
        way: Way::Code,
    };
    let key = &state.keys.access_codes;
    let page = NewCodePage {
        csrf: visit.csrf(),
        action: request.path().to_owned(),
        made: Some(Made {
            reference: through.reference,
            code: AccessCode::of(key, opened.case, opened.code_generation),
        }),
    };
    let answer = visit.answer(StatusCode::OK, &page)?;
    with_cookie(answer, &opened.cookie(&state, visit.at))
}
