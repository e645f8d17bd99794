//! GET `/gestion/dossiers?reference=…`: straight to a case.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::case::Reference;
use crate::case::sight::{self, Unseen};
use crate::staff::Right;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/cases/search.html`.
#[derive(Template)]
#[template(path = "staff/cases/search.html")]
struct SearchPage<'a> {
    shell: Shell,
    typed: &'a str,
    message: Option<&'static str>,
}

const MALFORMED: &str = "Vérifiez la référence\u{202f}: elle ressemble à ASK-2026-000123-T, et sa lettre finale protège des fautes de frappe.";
const UNKNOWN: &str = "Aucun dossier ne porte cette référence. Vérifiez l’année et le numéro.";

/// GET `/gestion/dossiers`.
pub(in crate::web::staff) async fn index(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let typed = asked.get("reference").map_or("", |text| text.trim());
    let (status, message) = match Reference::parse(typed) {
        None if typed.is_empty() => (StatusCode::OK, None),
        None => (StatusCode::UNPROCESSABLE_ENTITY, Some(MALFORMED)),
        Some(reference) => {
            let mut conn = state.pool.get().await?;
            match sight::open(&mut conn, reference, current.viewer(&state)).await {
                Ok(_) => return Ok(html::see_other(&urls::staff_case(&reference))),
                Err(Unseen::NotThere) => (StatusCode::NOT_FOUND, Some(UNKNOWN)),
                Err(error) => return Err(error.into()),
            }
        }
    };
    let page = SearchPage {
        shell: current.shell(&state),
        typed,
        message,
    };
    html::page(status, &page)
}
