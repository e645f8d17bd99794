//! `/gestion/reglages/etiquettes`: the labels of the office, renamed, retired or restored.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};

use crate::case::catalogue::{ListChangeError, Listed};
use crate::case::label::{Label, LabelId, LabelName};
use crate::case::label_change::{LabelChange, all_labels, change_label, label_changes_made};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::settings::catalogue::{ListPage, past};
use crate::web::staff::settings::list_change::{ListForm, STALE, TAKEN};
use crate::web::{AppError, AppState, html};

/// Where they are.
pub(super) const ADDRESS: &str = "/gestion/reglages/etiquettes";

/// GET: shows them.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadSettings)?;
    let mut page = page(&state, &current).await?;
    page.notice = asked
        .contains_key("fait")
        .then_some("L’étiquette est enregistrée.");
    html::page(StatusCode::OK, &page)
}

/// POST: changes one.
pub(in crate::web::staff) async fn update(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<ListForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageSettings)?;
    let form = form.0;
    let label = LabelId(
        form.ligne
            .parse()
            .map_err(|_not_a_number| AppError::NotFound)?,
    );
    let change = match form.faire.as_str() {
        "renommer" => LabelName::parse(&form.libelle)
            .map(|name| LabelChange::Rename(name, form.avant.clone()))
            .ok_or(UNREADABLE),
        "retirer" => Ok(LabelChange::Retire),
        "remettre" => Ok(LabelChange::Restore),
        _ => return Err(AppError::BadForm),
    };
    let refused = match change {
        Err(message) => (StatusCode::UNPROCESSABLE_ENTITY, message),
        Ok(change) => {
            let mut conn = state.pool.get().await?;
            let by = (current.id(), state.clock.now());
            match change_label(&mut conn, (label, &change), by).await {
                Ok(()) => return Ok(html::see_other(&format!("{ADDRESS}?fait=1"))),
                Err(ListChangeError::Taken) => (StatusCode::UNPROCESSABLE_ENTITY, TAKEN),
                Err(ListChangeError::Stale) => (StatusCode::CONFLICT, STALE),
                Err(ListChangeError::Db(error)) => return Err(error.into()),
            }
        }
    };
    let (status, message) = refused;
    let mut page = page(&state, &current).await?;
    page.errors.push(form.field(), message);
    if form.faire == "renommer" {
        page.renamed = Some((form.ligne, form.libelle));
    }
    html::page(status, &page)
}

const UNREADABLE: &str = "Écrivez un nom de 1 à 40\u{a0}caractères, sur une ligne.";

async fn page(state: &AppState, current: &CurrentStaff) -> Result<ListPage, AppError> {
    let mut conn = state.pool.get().await?;
    let labels = all_labels(&mut conn).await?;
    let history = label_changes_made(&mut conn).await?;
    drop(conn);
    let line = |label: Label| Listed {
        code: label.id.0.to_string(),
        label: label.name,
        is_retired: label.is_retired,
    };
    Ok(ListPage {
        shell: current.shell(state),
        notice: None,
        title: "Étiquettes",
        one: None,
        address: ADDRESS.to_owned(),
        lines: labels.into_iter().map(line).collect(),
        history: history.into_iter().map(past).collect(),
        may_change: current.may(Right::ManageSettings),
        typed: String::new(),
        renamed: None,
        errors: FormErrors::default(),
    })
}
