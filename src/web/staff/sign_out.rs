//! `/gestion/deconnexion`: ends the session.

use actix_session::Session;
use actix_web::HttpResponse;
use serde::Deserialize;

use crate::web::staff::form::StaffForm;
use crate::web::staff::sign_in;

/// A form with nothing but its token.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// POST `/gestion/deconnexion`.
pub(super) async fn create(session: Session, _: StaffForm<Nothing>) -> HttpResponse {
    session.purge();
    std::future::ready(sign_in::because(sign_in::SIGNED_OUT)).await
}
