//! `/gestion/modeles/{modele}`: what a template says, what it gives, and all it ever said.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::case::templates::{self, TemplateId, TemplateText, TemplateVersion};
use crate::staff::Right;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::Moment;
use crate::web::staff::templates::{address, failure, words};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/templates/show.html`.
#[derive(Template)]
#[template(path = "staff/templates/show.html")]
struct ShowPage {
    shell: Shell,
    notice: Option<&'static str>,
    address: String,
    manages: bool,
    kind: &'static str,
    is_retired: bool,
    title: String,
    preview: String,
    versions: Vec<Version>,
}

/// One version.
struct Version {
    number: i32,
    title: String,
    body: String,
    author: String,
    saved: Moment,
}

fn version(of: &TemplateVersion, colleagues: &Colleagues) -> Version {
    Version {
        number: of.version,
        title: of.title.clone(),
        body: of.body.clone(),
        author: colleagues.name(of.author()).to_owned(),
        saved: Moment::of(of.saved_at),
    }
}

/// GET: it, with an example.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadTemplates)?;
    let mut conn = state.pool.get().await?;
    let (kind, is_retired, versions) = templates::versions(&mut conn, TemplateId(*id)).await?;
    let colleagues = Colleagues::read(&mut conn).await?;
    drop(conn);
    let last = versions.first().ok_or(AppError::NotFound)?;
    let preview = match TemplateText::parse(&last.body) {
        Ok(text) => words::example(&text),
        Err(_) => last.body.clone(),
    };
    let page = ShowPage {
        shell: current.shell(&state),
        notice: match asked.get("fait").map(String::as_str) {
            Some("enregistre") => Some("La version est enregistrée."),
            Some("remise") => Some("Le modèle est de nouveau proposé."),
            _ => None,
        },
        address: address(*id),
        manages: current.may(Right::ManageTemplates),
        kind: words::kind(kind),
        is_retired,
        title: last.title.clone(),
        preview,
        versions: versions
            .iter()
            .map(|one| version(one, &colleagues))
            .collect(),
    };
    html::page(StatusCode::OK, &page)
}

/// What is posted by a button.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct Pressed {}

/// POST `…/retrait`: no longer offered; what it said stays.
pub(in crate::web::staff) async fn retire(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    _checked: StaffForm<Pressed>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageTemplates)?;
    let mut conn = state.pool.get().await?;
    let by = (current.id(), state.clock.now());
    templates::retire(&mut conn, TemplateId(*id), by)
        .await
        .map_err(failure)?;
    let list = urls::STAFF_TEMPLATES;
    Ok(html::see_other(&format!("{list}?fait=retrait")))
}

/// POST `…/remise`: offered again.
pub(in crate::web::staff) async fn restore(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    _checked: StaffForm<Pressed>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageTemplates)?;
    let mut conn = state.pool.get().await?;
    let by = (current.id(), state.clock.now());
    templates::restore(&mut conn, TemplateId(*id), by)
        .await
        .map_err(failure)?;
    Ok(html::see_other(&format!("{}?fait=remise", address(*id))))
}
