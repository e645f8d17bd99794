//! POST `/suivi/dossier/retrait/opposition`: the person says that they did not withdraw.

use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};

use crate::case::ActError;
use crate::case::outside::object_to_withdrawal;
use crate::db::Conn;
use crate::web::public::following::current::Current;
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::following::{CASE, done};
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// POST: the case is where it was.
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
    match object_to_withdrawal(conn, current.opened.case, visit.at).await {
        Ok(()) => Ok(done("retrait-annule")),
        // Nothing was noted by staff, or it is undone already: the page of the case says where it
        // stands.
        Err(ActError::NotNow(_)) => Ok(html::see_other(CASE)),
        Err(error) => Err(sent::failure(error)),
    }
}
