//! GET `/gestion/dossiers?q=…`: straight to a case by its reference, else the cases with the words.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use url::form_urlencoded;

use crate::case::search::{self, Asked, Found, Total};
use crate::case::sight::{self, Unseen};
use crate::case::{CaseId, Reference};
use crate::staff::Right;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::inbox::room::Room;
use crate::web::staff::inbox::row::Row;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/search.html`.
#[derive(Template)]
#[template(path = "staff/search.html")]
struct SearchPage<'a> {
    shell: Shell,
    typed: &'a str,
    message: Option<&'static str>,
    asked: Option<Results>,
}

/// What was found.
struct Results {
    /// `12 dossiers`.
    count: String,
    rows: Vec<Row>,
    is_first: bool,
    /// The list of them in the inbox, where they can be filtered.
    filtered: String,
    /// The address of the first page.
    first: String,
    /// The address of the next page.
    next: Option<String>,
}

const MALFORMED: &str = "Vérifiez la référence\u{202f}: elle ressemble à ASK-2026-000123-T, et sa lettre finale protège des fautes de frappe.";
const UNKNOWN: &str = "Aucun dossier ne porte cette référence. Vérifiez l’année et le numéro.";
/// Longest text looked for, in letters.
const MAX_LETTERS: usize = 200;

/// GET `/gestion/dossiers`.
pub(in crate::web::staff) async fn index(
    state: Data<AppState>,
    current: CurrentStaff,
    query: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let typed = query.get("q").map_or("", |text| text.trim_start());
    let typed: String = typed.chars().take(MAX_LETTERS).collect();
    let before = query.get("apres").and_then(|text| text.parse().ok());
    let viewer = current.viewer(&state);
    let mut conn = state.pool.get().await?;
    let (status, message, asked) = match (Reference::parse(&typed), Asked::parse(&typed)) {
        (Some(reference), _) => match sight::open(&mut conn, reference, viewer).await {
            Ok(_) => return Ok(html::see_other(&urls::staff_case(&reference))),
            Err(Unseen::NotThere) => (StatusCode::NOT_FOUND, Some(UNKNOWN), None),
            Err(error) => return Err(error.into()),
        },
        (None, _) if Reference::is_meant(&typed) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(MALFORMED), None)
        }
        (None, None) => (StatusCode::OK, None, None),
        (None, Some(asked)) => {
            let found = search::page(&mut conn, &asked, before.map(CaseId), viewer).await?;
            let room = Room::read(&state, &current, &mut conn).await?;
            let results = results(&room, state.today(), &found, (&typed, before.is_none()));
            (StatusCode::OK, None, Some(results))
        }
    };
    let page = SearchPage {
        shell: current.shell(&state),
        typed: &typed,
        message,
        asked,
    };
    html::page(status, &page)
}

fn results(
    room: &Room,
    today: NaiveDate,
    found: &Found,
    (typed, is_first): (&str, bool),
) -> Results {
    Results {
        count: count(found.total),
        rows: found
            .lines
            .iter()
            .map(|line| Row::new(line, room, today))
            .collect(),
        is_first,
        filtered: filtered(typed),
        first: address(typed, None),
        next: found.next.map(|last| address(typed, Some(last))),
    }
}

fn count(total: Total) -> String {
    match total {
        Total::Exactly(0) => "Aucun dossier".to_owned(),
        Total::Exactly(1) => "1\u{a0}dossier".to_owned(),
        Total::Exactly(n) => format!("{}\u{a0}dossiers", grouped(n)),
        Total::MoreThan(n) => format!("Plus de {}\u{a0}dossiers", grouped(n)),
    }
}

/// `5 000`.
fn grouped(n: usize) -> String {
    if n < 1_000 {
        return n.to_string();
    }
    format!("{}\u{202f}{:03}", grouped(n / 1_000), n % 1_000)
}

fn filtered(typed: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("liste", "tous")
        .append_pair("q", typed.trim());
    format!("{}?{}", urls::STAFF_INBOX, query.finish())
}

/// The page that looks for what was typed, after this case.
pub(super) fn address(typed: &str, after: Option<CaseId>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", typed);
    if let Some(case) = after {
        query.append_pair("apres", &case.0.to_string());
    }
    format!("{}?{}", urls::STAFF_CASES, query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_addresses_read_well() {
        assert_eq!(count(Total::Exactly(0)), "Aucun dossier");
        assert_eq!(count(Total::Exactly(1)), "1\u{a0}dossier");
        assert_eq!(count(Total::Exactly(1_204)), "1\u{202f}204\u{a0}dossiers");
        assert_eq!(
            count(Total::MoreThan(5_000)),
            "Plus de 5\u{202f}000\u{a0}dossiers"
        );
        assert_eq!(
            address("Lefèvre & fils", Some(CaseId(12))),
            "/gestion/dossiers?q=Lef%C3%A8vre+%26+fils&apres=12"
        );
    }
}
