//! Recovery codes, shown once.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::staff::{self, RecoveryCode};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::own::page::{self, Said};
use crate::web::staff::own::password::{WRONG, email_of, is_own_password};
use crate::web::staff::sign_in;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/own/codes.html`.
#[derive(Template)]
#[template(path = "staff/own/codes.html")]
struct CodesPage {
    codes: Vec<String>,
    /// Where to go once they are put away.
    next: &'static str,
    is_enrolment: bool,
}

/// The codes, once; at enrolment they come before anything else.
pub(in crate::web::staff) fn shown(
    codes: &[RecoveryCode],
    is_enrolment: bool,
) -> Result<HttpResponse, AppError> {
    let page = CodesPage {
        codes: codes.iter().map(RecoveryCode::groups).collect(),
        next: if is_enrolment {
            urls::STAFF_INBOX
        } else {
            urls::STAFF_OWN
        },
        is_enrolment,
    };
    html::page(StatusCode::OK, &page)
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct CodesForm {
    current: String,
}

/// POST `/gestion/mon-compte/codes-de-secours`.
pub(in crate::web::staff) async fn renew(
    request: HttpRequest,
    state: Data<AppState>,
    current: CurrentStaff,
    session: Session,
    form: StaffForm<CodesForm>,
) -> Result<HttpResponse, AppError> {
    let email = email_of(&state, &current).await?;
    if !is_own_password(&request, &state, &email, &form.0.current).await? {
        let said = Said {
            errors: sign_in::one("codes-current", WRONG),
            ..Said::default()
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page::page(&state, &current, &session, status, said).await;
    }
    let mut conn = state.pool.get().await?;
    let now = state.clock.now();
    let codes = staff::renew_recovery_codes(&mut conn, current.id(), now).await?;
    drop(conn);
    shown(&codes, false)
}
