//! GET `/gestion/reglages/listes/{liste}`: the lines of a list, in the order of the form.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;

use crate::case::Catalogue;
use crate::case::catalogue::{ChangeKind, List, ListChanged, Listed, list_changes};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::moment::Moment;
use crate::web::staff::settings::index::{address_of_list, words_of_list};
use crate::web::{AppError, AppState, html};

/// `templates/staff/settings/list.html`.
#[derive(Template)]
#[template(path = "staff/settings/list.html")]
pub(super) struct ListPage {
    pub(super) shell: Shell,
    pub(super) notice: Option<&'static str>,
    pub(super) title: &'static str,
    /// What is added, where lines are added and put in order here.
    pub(super) one: Option<&'static str>,
    pub(super) address: String,
    pub(super) lines: Vec<Listed>,
    pub(super) history: Vec<Past>,
    pub(super) may_change: bool,
    /// What was typed for a new line, when it was refused.
    pub(super) typed: String,
    /// The line that was being renamed, and what was typed for it.
    pub(super) renamed: Option<(String, String)>,
    pub(super) errors: FormErrors,
}

/// A change that was made, in words.
pub(super) struct Past {
    at: Moment,
    by: String,
    what: String,
}

impl ListPage {
    /// What the field of a line holds.
    fn label<'a>(&'a self, line: &'a Listed) -> &'a str {
        match &self.renamed {
            Some((code, typed)) if *code == line.code => typed,
            Some(_) | None => &line.label,
        }
    }

    /// Id of the field of a line.
    fn field(code: &str) -> String {
        format!("libelle-{code}")
    }
}

/// GET: shows it.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    list: Path<String>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadSettings)?;
    let list = List::from_code(&list).ok_or(AppError::NotFound)?;
    let mut page = page(&state, &current, list).await?;
    page.notice = asked
        .contains_key("fait")
        .then_some("La liste est enregistrée. Les formulaires la suivent dans les dix secondes.");
    html::page(StatusCode::OK, &page)
}

/// The page of a list as it is now.
pub(super) async fn page(
    state: &AppState,
    current: &CurrentStaff,
    list: List,
) -> Result<ListPage, AppError> {
    let mut conn = state.pool.get().await?;
    let catalogue = Catalogue::read(&mut conn).await?;
    let history = list_changes(&mut conn, list).await?;
    drop(conn);
    let (title, one) = words_of_list(list);
    Ok(ListPage {
        shell: current.shell(state),
        notice: None,
        title,
        one: Some(one),
        address: address_of_list(list),
        lines: catalogue.lines(list).to_vec(),
        history: history.into_iter().map(past).collect(),
        may_change: current.may(Right::ManageSettings),
        typed: String::new(),
        renamed: None,
        errors: FormErrors::default(),
    })
}

pub(super) fn past(changed: ListChanged) -> Past {
    let (was, value) = (
        changed.was.unwrap_or_default(),
        changed.value.unwrap_or_default(),
    );
    let what = match changed.kind {
        ChangeKind::Added => format!("«\u{202f}{value}\u{202f}» est ajouté."),
        ChangeKind::Renamed => {
            format!("«\u{202f}{was}\u{202f}» devient «\u{202f}{value}\u{202f}».")
        }
        ChangeKind::Retired => format!("«\u{202f}{was}\u{202f}» n’est plus proposé."),
        ChangeKind::Restored => format!("«\u{202f}{was}\u{202f}» est proposé de nouveau."),
        ChangeKind::Moved => format!("«\u{202f}{was}\u{202f}» monte d’une place."),
    };
    Past {
        at: Moment::of(changed.at),
        by: changed.by,
        what,
    }
}
