//! The list of letters that wait, what is due first.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::case::post::{self, MOST_PRINTED, Piece, Place, TaskId, Waiting};
use crate::staff::Right;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::moment::{Day, Remaining};
use crate::web::staff::post::pieces::{self, PieceLine};
use crate::web::staff::post::run;
use crate::web::staff::words;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/post/desk.html`.
#[derive(Template)]
#[template(path = "staff/post/desk.html")]
struct DeskPage {
    shell: Shell,
    /// Why nothing was printed.
    refusal: Option<&'static str>,
    rows: Vec<Row>,
    is_first: bool,
    next: Option<String>,
}

/// A letter, as the list shows it.
struct Row {
    task: i64,
    what: &'static str,
    address: String,
    reference: String,
    person: String,
    due: Day,
    left: Remaining,
    has_address: bool,
    /// What goes in the envelope with it.
    pieces: Vec<PieceLine>,
    /// The page of the printing it was part of.
    run: Option<String>,
}

impl DeskPage {
    /// Most letters of one printing.
    fn most() -> usize {
        MOST_PRINTED
    }
}

/// GET `/gestion/lettres?apres=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let after = asked.get("apres").and_then(|place| parse_place(place));
    page(&state, &current, StatusCode::OK, (after, None)).await
}

/// The page, with why nothing was printed.
pub(super) async fn page(
    state: &AppState,
    current: &CurrentStaff,
    status: StatusCode,
    (after, refusal): (Option<Place>, Option<&'static str>),
) -> Result<HttpResponse, AppError> {
    let mut conn = state.pool.get().await?;
    let found = post::page(&mut conn, current.viewer(state), after).await?;
    let tasks: Vec<TaskId> = found.letters.iter().map(|letter| letter.task).collect();
    let pieces = post::pieces(&mut conn, &tasks, state.has_scanner()).await?;
    drop(conn);
    let page = DeskPage {
        shell: current.shell(state),
        refusal,
        rows: found
            .letters
            .into_iter()
            .map(|letter| row(letter, &pieces, state))
            .collect(),
        is_first: after.is_none(),
        next: found.next.map(address_after),
    };
    html::page(status, &page)
}

fn row(letter: Waiting, pieces: &[Piece], state: &AppState) -> Row {
    let today = state.today();
    Row {
        task: letter.task.0,
        pieces: pieces::lines(pieces, letter.task, &letter.reference),
        what: words::letter(letter.kind),
        address: urls::staff_case(&letter.reference),
        reference: letter.reference.to_string(),
        person: letter
            .person
            .unwrap_or_else(|| "Identité effacée".to_owned()),
        due: Day::short(letter.due_on, today),
        left: Remaining::before(letter.due_on, today),
        has_address: letter.has_address,
        run: letter.run.map(run::address),
    }
}

/// `2026-05-15.42`.
fn parse_place(text: &str) -> Option<Place> {
    let (day, task) = text.split_once('.')?;
    Some(Place {
        due_on: day.parse().ok()?,
        task: TaskId(task.parse().ok()?),
    })
}

fn address_after(Place { due_on, task }: Place) -> String {
    format!("{}?apres={due_on}.{}", urls::STAFF_LETTERS, task.0)
}
