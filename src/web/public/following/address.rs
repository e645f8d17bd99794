//! Confirming an e-mail address: GET shows, POST acts, so that a mail scanner confirms nothing.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::case::{self, AsFiled, ConfirmError, Dossier, WayIn};
use crate::web::public::following::copy;
use crate::web::public::following::link::LinkSpentPage;
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html, urls};

/// `templates/public/following/address.html`.
#[derive(Template)]
#[template(path = "public/following/address.html")]
struct AddressPage {
    csrf: String,
    dossier: Dossier,
    token: String,
}

/// The form that confirms.
#[derive(Deserialize)]
pub(super) struct Confirmed {
    #[serde(default)]
    csrf: String,
}

/// GET `/suivi/confirmation/{token}`.
pub(super) async fn ask(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    match case::to_confirm(&mut conn, &state.office, &token, visit.at).await {
        Ok(dossier) => {
            let page = AddressPage {
                csrf: visit.csrf(),
                dossier,
                token: token.into_inner(),
            };
            visit.answer(StatusCode::OK, &page)
        }
        Err(ConfirmError::Link(_)) => visit.answer(StatusCode::GONE, &LinkSpentPage),
        Err(ConfirmError::Notify(error)) => Err(error.into()),
    }
}

/// POST `/suivi/confirmation/{token}`.
pub(super) async fn confirm(
    state: Data<AppState>,
    request: HttpRequest,
    token: Path<String>,
    posted: Form<Confirmed>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    visit.visitor.check(&state, &posted.csrf)?;
    let mut conn = state.pool.get().await?;
    let office = &state.office;
    let words = |filed: AsFiled<'_>| {
        let way_in = WayIn::by_link(office, filed.dossier, visit.at);
        copy::of(filed, &way_in, visit.today())
    };
    match case::confirm_address(&mut conn, office, &token, visit.at, words).await {
        Ok(_) => {
            state.outbox_bell.notify_one();
            let address = format!("{}/confirmation/{token}", urls::FOLLOWING);
            Ok(html::see_other(&address))
        }
        Err(ConfirmError::Link(_)) => visit.answer(StatusCode::GONE, &LinkSpentPage),
        Err(ConfirmError::Notify(error)) => Err(error.into()),
    }
}
