//! `/gestion/lettres/impressions/{run}`: the letters of a printing, and the day they were posted.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::parse_typed_date;
use crate::case::post::{self, Posting, Printed, RunId, TrackingNumber};
use crate::case::{ActError, CaseId, Seen};
use crate::db::Conn;
use crate::staff::{Right, StaffId};
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::{BAD_DATE, BAD_TRACKING, NO_DATE};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::post::pieces::{self, PieceLine};
use crate::web::staff::post::run_words;
use crate::web::staff::words;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/post/run.html`.
#[derive(Template)]
#[template(path = "staff/post/run.html")]
struct RunPage {
    shell: Shell,
    address: String,
    title: &'static str,
    /// What was just done.
    notice: Option<&'static str>,
    errors: FormErrors,
    /// The day as typed.
    day: String,
    rows: Vec<Row>,
}

/// A letter, as the printing shows it.
struct Row {
    /// Its letter, as the form carries it.
    value: String,
    /// The name of the field of its number.
    field: String,
    what: &'static str,
    address: String,
    reference: String,
    person: String,
    /// What goes in the envelope with it.
    pieces: Vec<PieceLine>,
    /// Where it stands, once it waits no more.
    settled: Option<String>,
    /// Its number, as typed or kept.
    tracking: String,
    is_chosen: bool,
}

impl RunPage {
    /// Whether something goes in an envelope beside its letter.
    fn has_pieces(&self) -> bool {
        self.rows.iter().any(|row| !row.pieces.is_empty())
    }

    fn waits(&self) -> bool {
        self.rows.iter().any(|row| row.settled.is_none())
    }
}

/// What the address says once the form was taken.
const DONE: &str = "envoi";

/// What was posted with the form.
#[derive(Default)]
struct Noted {
    pairs: Vec<(String, String)>,
    errors: FormErrors,
    /// Whether the last form was taken.
    is_done: bool,
}

impl Noted {
    fn of(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(its_name, _)| its_name == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The day as typed; today at first.
    fn day(&self, today: NaiveDate) -> String {
        if self.pairs.is_empty() {
            today.format("%d/%m/%Y").to_string()
        } else {
            self.of("date").to_owned()
        }
    }

    fn chose(&self, value: &str) -> bool {
        let mut chosen = self.pairs.iter().filter(|(name, _)| name == "tache");
        chosen.any(|(_, chosen)| chosen == value)
    }
}

/// GET `?fait=envoi`: the letters.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    run: Path<i64>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let noted = Noted {
        is_done: asked.get("fait").is_some_and(|done| done == DONE),
        ..Noted::default()
    };
    page(&state, &current, RunId(*run), (StatusCode::OK, noted)).await
}

/// POST: the chosen letters were posted on a day; each is an act on its case.
pub(in crate::web::staff) async fn update(
    state: Data<AppState>,
    current: CurrentStaff,
    run: Path<i64>,
    form: StaffForm<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let run = RunId(*run);
    let mut noted = Noted {
        pairs: form.0,
        ..Noted::default()
    };
    let mut conn = state.pool.get().await?;
    let letters = post::of_run(&mut conn, current.viewer(&state), run).await?;
    let chosen: Vec<&Printed> = letters
        .iter()
        .filter(|letter| run_words::waits(letter) && noted.chose(&value(letter)))
        .collect();
    let day = day(&mut noted, chosen.len());
    let numbers: Vec<Option<TrackingNumber>> = chosen
        .iter()
        .map(|letter| number(&mut noted, letter))
        .collect();
    let Some(posted_on) = day.filter(|_| noted.errors.is_empty()) else {
        drop(conn);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&state, &current, run, (status, noted)).await;
    };
    let by = (current.id(), state.clock.now());
    let posted = chosen.into_iter().zip(numbers);
    note(&mut conn, posted, (posted_on, by), &mut noted.errors).await?;
    drop(conn);
    state.outbox_bell.notify_one();
    if noted.errors.is_empty() {
        return Ok(html::see_other(&format!("{}?fait={DONE}", address(run))));
    }
    page(&state, &current, run, (StatusCode::CONFLICT, noted)).await
}

/// Notes each letter as posted; what could not be noted is told.
async fn note(
    conn: &mut Conn,
    letters: impl Iterator<Item = (&Printed, Option<TrackingNumber>)>,
    (posted_on, by): (NaiveDate, (StaffId, DateTime<Utc>)),
    errors: &mut FormErrors,
) -> Result<(), AppError> {
    let mut acted: Vec<CaseId> = Vec::new();
    for (letter, tracking) in letters {
        let seen = after(letter.seen, &acted);
        let posting = Posting {
            kind: letter.kind,
            posted_on,
            tracking,
        };
        match post::posted(conn, seen, &posting, by).await {
            Ok(()) => acted.push(seen.case),
            Err(ActError::BadDate) => {
                if errors.all().iter().all(|error| error.message != BAD_DATE) {
                    errors.push("date", BAD_DATE);
                }
            }
            Err(ActError::Stale | ActError::NotNow(_) | ActError::NothingToPost) => {
                let message = format!(
                    "{}\u{202f}: le dossier a changé entre-temps, revoyez-le.",
                    letter.reference
                );
                errors.push("date", message);
            }
            Err(error) => return Err(AppError::Internal(error.into())),
        }
    }
    Ok(())
}

/// The case as it is after these acts of the same form, each of which counts one.
fn after(seen: Seen, acted: &[CaseId]) -> Seen {
    let n_acts = acted.iter().filter(|case| **case == seen.case).count();
    Seen {
        version: seen.version + i32::try_from(n_acts).unwrap_or_default(),
        ..seen
    }
}

fn day(noted: &mut Noted, n_chosen: usize) -> Option<NaiveDate> {
    if n_chosen == 0 {
        noted
            .errors
            .push("courriers", "Choisissez au moins une lettre postée.");
    }
    let day = parse_typed_date(noted.of("date")).ok();
    if day.is_none() {
        noted.errors.push("date", NO_DATE);
    }
    day
}

fn number(noted: &mut Noted, letter: &Printed) -> Option<TrackingNumber> {
    let field = field(letter);
    let read = TrackingNumber::parse(noted.of(&field));
    read.unwrap_or_else(|_wrong| {
        noted.errors.push(field, BAD_TRACKING);
        None
    })
}

fn value(letter: &Printed) -> String {
    letter.task.0.to_string()
}

fn field(letter: &Printed) -> String {
    format!("numero-{}", letter.task.0)
}

/// The page of a printing.
pub(super) fn address(run: RunId) -> String {
    format!("{}/impressions/{}", urls::STAFF_LETTERS, run.0)
}

async fn page(
    state: &AppState,
    current: &CurrentStaff,
    run: RunId,
    (status, noted): (StatusCode, Noted),
) -> Result<HttpResponse, AppError> {
    let mut conn = state.pool.get().await?;
    let letters = post::of_run(&mut conn, current.viewer(state), run).await?;
    let pieces = post::pieces_of_run(&mut conn, &letters, state.has_scanner()).await?;
    drop(conn);
    if letters.is_empty() {
        return Err(AppError::NotFound);
    }
    let is_first_look = noted.pairs.is_empty();
    let row = |letter: &Printed| Row {
        value: value(letter),
        field: field(letter),
        what: words::letter(letter.kind),
        address: urls::staff_case(&letter.reference),
        reference: letter.reference.to_string(),
        person: letter
            .person
            .clone()
            .unwrap_or_else(|| "Identité effacée".to_owned()),
        pieces: pieces::lines(&pieces, letter.task, &letter.reference),
        settled: run_words::settled(letter),
        tracking: letter
            .tracking
            .clone()
            .unwrap_or_else(|| noted.of(&field(letter)).to_owned()),
        is_chosen: is_first_look || noted.chose(&value(letter)),
    };
    let rows: Vec<Row> = letters.iter().map(row).collect();
    let page = RunPage {
        shell: current.shell(state),
        address: address(run),
        title: run_words::title(&letters),
        notice: noted.is_done.then(|| run_words::noted(&letters)),
        day: noted.day(state.today()),
        rows,
        errors: noted.errors,
    };
    html::page(status, &page)
}
