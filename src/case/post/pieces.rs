//! The pieces that go in the envelope with a letter: the files that its text names.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::post::messages::WAITS;
use crate::case::post::{Printed, RunId, TaskId};
use crate::db::schema::{case_files, cases, enclosures, postal_tasks, uploads};
use crate::db::{Condition, Conn, DbError};
use crate::files::{FileId, Format, ScanState};
use crate::letters;

/// A file that goes with a letter on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The letter.
    pub task: TaskId,
    /// The file.
    pub file: FileId,
    /// What it is called, safe to show.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// In bytes.
    pub size: u64,
    /// How many pages it has, for a PDF whose pages can be told.
    pub n_pages: Option<i32>,
    /// Whether its pages were counted as the program counts them now.
    pub is_counted: bool,
    /// Whether the file of the printing that its letter is part of has a place for it.
    pub is_enclosed: bool,
    /// How it gets into the envelope.
    pub enclosing: Enclosing,
}

/// How a piece gets into the envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enclosing {
    /// It prints behind its letter: so it was settled when the printing began; before, so it would be.
    WithLetter,
    /// Somebody prints it: a picture, a text, a PDF that cannot be read or is protected.
    Apart,
    /// It is infected, or a scanner is still to look: nobody opens it.
    Withheld,
}

/// Most bytes of pieces in one file to print; those after print apart.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// In a statement on `postal_tasks`, `cases` and `case_files`: a file of ours goes with the letter.
/// Followed by the condition of a message that waits.
const GOES_WITH: &str = "postal_tasks.dropped_at IS NULL AND case_files.letter IS NULL \
     AND case_files.stage IN ('pending', 'sent') AND case_files.author_id IS NOT NULL AND (\
     EXISTS (SELECT FROM answers WHERE answers.id = case_files.answer_id \
             AND postal_tasks.kind = 'answer' AND CASE WHEN postal_tasks.done_on IS NULL \
             THEN answers.state = 'leaving' ELSE answers.handed_over_on = postal_tasks.done_on END) \
     OR EXISTS (SELECT FROM messages WHERE messages.id = case_files.message_id \
             AND (messages.postal_task = postal_tasks.id OR (postal_tasks.print_run IS NULL \
             AND postal_tasks.done_on IS NULL AND (postal_tasks.kind = 'message' \
             OR (postal_tasks.kind = 'answer' AND cases.nature = 'information_request')) AND ";

type Row = (
    i64,
    i64,
    (String, Format, Option<i64>, ScanState),
    (Option<i32>, Option<i16>),
    (Option<i64>, bool),
);

/// The pieces of these letters, in the order in which letters print: of those that are made ready,
/// what their pages name; of others, what they would.
///
/// # Errors
/// When the database fails.
pub async fn of_tasks(
    conn: &mut Conn,
    tasks: &[TaskId],
    has_scanner: bool,
) -> Result<Vec<Piece>, DbError> {
    let place = enclosures::table
        .filter(enclosures::upload.eq(case_files::upload))
        .filter(enclosures::print_run.nullable().eq(postal_tasks::print_run));
    let its_files = case_files::table.inner_join(uploads::table);
    let rows: Vec<Row> = postal_tasks::table
        .inner_join(cases::table)
        .inner_join(its_files.on(case_files::case_id.eq(postal_tasks::case_id.nullable())))
        .filter(postal_tasks::id.eq_any(tasks.iter().map(|task| task.0)))
        .filter(Condition::of(GOES_WITH).words(WAITS).words("))))").fixed())
        .order((
            postal_tasks::due_on.asc(),
            postal_tasks::id.asc(),
            case_files::upload.asc(),
        ))
        .select((
            postal_tasks::id,
            case_files::upload,
            (uploads::name, uploads::format, uploads::size, uploads::scan),
            (case_files::n_pages, case_files::counted_by),
            (postal_tasks::print_run, exists(place)),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| piece(row, has_scanner))
        .collect())
}

/// The pieces of the letters of a printing.
///
/// # Errors
/// When the database fails.
pub async fn of_run(
    conn: &mut Conn,
    letters: &[Printed],
    has_scanner: bool,
) -> Result<Vec<Piece>, DbError> {
    let tasks: Vec<TaskId> = letters.iter().map(|letter| letter.task).collect();
    of_tasks(conn, &tasks, has_scanner).await
}

/// Settles which pieces the file of a printing holds, when it begins: those whose pages can be taken, as
/// many as fit.
///
/// # Errors
/// When the database fails.
pub async fn enclose(
    conn: &mut Conn,
    (run, letters): (RunId, &[Printed]),
    has_scanner: bool,
) -> Result<(), DbError> {
    let pieces = of_run(conn, letters, has_scanner).await?;
    let mut left = MOST_BYTES;
    let mut enclosed = Vec::new();
    for piece in pieces {
        let is_ready = piece.n_pages.is_some() && piece.enclosing != Enclosing::Withheld;
        if let (true, Some(after)) = (is_ready, left.checked_sub(piece.size)) {
            left = after;
            enclosed.push((
                enclosures::print_run.eq(run.0),
                enclosures::upload.eq(piece.file.0),
            ));
        }
    }
    if enclosed.is_empty() {
        return Ok(());
    }
    diesel::insert_into(enclosures::table)
        .values(enclosed)
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(drop)
}

/// Notes that pieces print apart after all: their places in the file of the printing hold a sheet that
/// says so. Their pages are counted again before they are printed otherwise.
///
/// # Errors
/// When the database fails.
pub async fn print_apart(conn: &mut Conn, run: RunId, files: &[FileId]) -> Result<(), DbError> {
    let files: Vec<i64> = files.iter().map(|file| file.0).collect();
    conn.transaction(async |conn| {
        let places = enclosures::table
            .filter(enclosures::print_run.eq(run.0))
            .filter(enclosures::upload.eq_any(&files));
        diesel::delete(places).execute(conn).await?;
        diesel::update(case_files::table.filter(case_files::upload.eq_any(&files)))
            .set(case_files::counted_by.eq(None::<i16>))
            .execute(conn)
            .await
            .map(drop)
    })
    .await
}

fn piece(
    (task, file, (name, format, size, scan), (n_pages, counted_by), (run, is_enclosed)): Row,
    has_scanner: bool,
) -> Piece {
    let prints = match run {
        Some(_) => is_enclosed,
        None => n_pages.is_some(),
    };
    let enclosing = match prints {
        _ if !scan.may_be_served(has_scanner) => Enclosing::Withheld,
        true => Enclosing::WithLetter,
        false => Enclosing::Apart,
    };
    Piece {
        task: TaskId(task),
        file: FileId(file),
        name,
        format,
        size: size
            .and_then(|size| u64::try_from(size).ok())
            .unwrap_or_default(),
        n_pages,
        is_counted: counted_by == Some(letters::RULE),
        is_enclosed,
        enclosing,
    }
}
