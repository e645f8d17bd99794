//! `/gestion/journal`: the page.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Paris;
use url::form_urlencoded;

use crate::calendar::parse_typed_date;
use crate::journal::{self, LastSeal, Line, LineFilter, SYSTEM_CHAIN};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::journal::words::{self, PARTS, Part};
use crate::web::staff::moment::{Day, Moment};
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/journal.html`.
#[derive(Template)]
#[template(path = "staff/journal.html")]
struct JournalPage {
    shell: Shell,
    parts: Vec<(&'static Part, bool)>,
    du: String,
    au: String,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
    seal: Option<Seal>,
    verified: Option<Moment>,
    errors: FormErrors,
}

struct Row {
    moment: Moment,
    actor: String,
    words: String,
}

struct Seal {
    id: i64,
    day: Day,
    made: Moment,
    n_chains: i64,
}

/// Lines of a page.
const PAGE: usize = 50;

/// What the address asks for.
struct Asked {
    part: Option<&'static Part>,
    du: String,
    au: String,
    before: Option<i32>,
    errors: FormErrors,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Self {
        let text = |name: &str| query.get(name).cloned().unwrap_or_default();
        let (code, du, au) = (text("genre"), text("du"), text("au"));
        let mut errors = FormErrors::default();
        for (field, typed) in [("du", &du), ("au", &au)] {
            if !typed.trim().is_empty() && parse_typed_date(typed).is_err() {
                errors.push(field, BAD_DATE);
            }
        }
        Self {
            part: PARTS.iter().find(|part| part.code == code),
            du,
            au,
            before: query.get("avant").and_then(|seq| seq.parse().ok()),
            errors,
        }
    }

    /// The parts to choose from, the chosen one marked.
    fn parts(&self) -> Vec<(&'static Part, bool)> {
        let marked = |part| (part, self.part == Some(part));
        PARTS.iter().map(marked).collect()
    }

    fn filter(&self) -> LineFilter {
        let until = parse_typed_date(&self.au).ok();
        LineFilter {
            families: self.part.map_or(&[], |part| part.families),
            from: parse_typed_date(&self.du).ok().and_then(midnight),
            until: until.and_then(|day| midnight(day + Days::new(1))),
            before: self.before,
        }
    }

    /// The address of the lines before `seq`, with the same filter.
    fn before(&self, seq: i32) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(part) = self.part {
            query.append_pair("genre", part.code);
        }
        for (name, value) in [("du", &self.du), ("au", &self.au)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("avant", &seq.to_string());
        format!("{}?{}", urls::STAFF_JOURNAL, query.finish())
    }
}

const BAD_DATE: &str = "Indiquez une date sous la forme jj/mm/aaaa, par exemple 30/04/2026.";

/// Midnight in Paris at the beginning of the day.
fn midnight(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN).and_local_timezone(Paris);
    midnight.earliest().map(|instant| instant.to_utc())
}

/// GET `/gestion/journal?genre=…&du=…&au=…&avant=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    query: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadJournal)?;
    let asked = Asked::read(&query);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut conn = state.pool.get().await?;
    let mut lines = journal::search(&mut conn, SYSTEM_CHAIN, asked.filter(), limit).await?;
    let verified = journal::last_verification(&mut conn).await?;
    let seal = journal::last_seal(&mut conn).await?;
    let colleagues = Colleagues::read(&mut conn).await?;
    drop(conn);
    let next = next(&mut lines, &asked);
    let rows = lines.iter().map(|line| Row::new(line, &colleagues));
    let page = JournalPage {
        shell: current.shell(&state),
        parts: asked.parts(),
        rows: rows.collect(),
        next,
        is_first: asked.before.is_none(),
        du: asked.du,
        au: asked.au,
        seal: seal.map(Seal::from),
        verified: verified.map(Moment::of),
        errors: asked.errors,
    };
    let status = if page.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    html::page(status, &page)
}

/// Cuts the line too many that was read, and returns the address of the page that begins with it.
fn next(lines: &mut Vec<Line>, asked: &Asked) -> Option<String> {
    let has_more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().filter(|_| has_more)?;
    Some(asked.before(last.seq))
}

impl Row {
    fn new(line: &Line, colleagues: &Colleagues) -> Self {
        Self {
            moment: Moment::of(line.at),
            actor: words::actor(line, colleagues),
            words: words::event(line, colleagues),
        }
    }
}

impl From<LastSeal> for Seal {
    fn from(seal: LastSeal) -> Self {
        Self {
            id: seal.id,
            day: Day::of(seal.sealed_on),
            made: Moment::of(seal.sealed_at),
            n_chains: seal.n_leaves,
        }
    }
}
