//! GET `/gestion/reglages`: every setting with its value, and what is missing for the law first.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::case::catalogue::List;
use crate::settings::{Book, Group, Key};
use crate::staff::Right;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::settings::words;
use crate::web::{AppError, AppState, html};

/// `templates/staff/settings/index.html`.
#[derive(Template)]
#[template(path = "staff/settings/index.html")]
struct SettingsPage {
    shell: Shell,
    notice: Option<String>,
    missing: Vec<Line>,
    /// Missing too, though not every firm owes it.
    missing_perhaps: Vec<Line>,
    groups: Vec<(&'static str, Vec<Line>)>,
    lists: Vec<ListLine>,
    may_change: bool,
}

/// One setting.
struct Line {
    label: &'static str,
    value: Option<String>,
    address: String,
}

/// One list: how many lines it offers.
struct ListLine {
    title: &'static str,
    offered: usize,
    address: String,
}

/// GET: shows them.
pub(in crate::web::staff) async fn index(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadSettings)?;
    let mut conn = state.pool.get().await?;
    let catalogue = state.catalogue.read(&mut conn, state.clock.now()).await?;
    drop(conn);
    let book = state.book();
    let changed = asked.get("fait").and_then(|slug| words::key_of(slug));
    let page = SettingsPage {
        shell: current.shell(&state),
        notice: changed.map(|key| {
            let label = words::of(key).label;
            format!("Le réglage «\u{202f}{label}\u{202f}» est enregistré.")
        }),
        missing: missing(&book, Key::is_compulsory),
        missing_perhaps: missing(&book, |key| !key.is_compulsory()),
        groups: [
            ("Identité légale", Group::Identity),
            ("Traitement des dossiers", Group::Practice),
            ("Qui est prévenu", Group::Told),
        ]
        .map(|(title, group)| (title, of_group(&book, group)))
        .into(),
        lists: List::ALL
            .iter()
            .map(|list| ListLine {
                title: words_of_list(*list).0,
                offered: catalogue
                    .lines(*list)
                    .iter()
                    .filter(|line| !line.is_retired)
                    .count(),
                address: address_of_list(*list),
            })
            .collect(),
        may_change: current.may(Right::ManageSettings),
    };
    html::page(StatusCode::OK, &page)
}

/// Title of a list, and what one of its lines is.
pub(super) const fn words_of_list(list: List) -> (&'static str, &'static str) {
    match list {
        List::Products => ("Produits", "un produit"),
        List::Subjects => ("Sujets", "un sujet"),
    }
}

/// Address of a list.
pub(super) fn address_of_list(list: List) -> String {
    format!("/gestion/reglages/listes/{}", list.code())
}

/// Address of a setting.
pub(super) fn address(key: Key) -> String {
    format!("/gestion/reglages/{}", words::of(key).slug)
}

fn missing(book: &Book, wanted: impl Fn(Key) -> bool) -> Vec<Line> {
    let missing = book.missing().into_iter();
    missing
        .filter(|key| wanted(*key))
        .map(|key| line(book, key))
        .collect()
}

fn of_group(book: &Book, group: Group) -> Vec<Line> {
    Key::ALL
        .iter()
        .filter(|key| key.group() == group)
        .map(|key| line(book, *key))
        .collect()
}

fn line(book: &Book, key: Key) -> Line {
    Line {
        label: words::of(key).label,
        value: book.text(key).map(|value| words::shown(key, value)),
        address: address(key),
    }
}
