//! The pieces that go in the envelope with a letter: the files that its text names.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::post::messages::WAITS;
use crate::case::post::{Printed, TaskId};
use crate::db::schema::{case_files, cases, postal_tasks, uploads};
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
    /// How it gets into the envelope.
    pub enclosing: Enclosing,
}

/// How a piece gets into the envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enclosing {
    /// It prints behind its letter.
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
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| piece(row, has_scanner))
        .collect())
}

/// The pieces of the letters of a printing, whose file holds no more than it should.
///
/// # Errors
/// When the database fails.
pub async fn of_run(
    conn: &mut Conn,
    letters: &[Printed],
    has_scanner: bool,
) -> Result<Vec<Piece>, DbError> {
    let tasks: Vec<TaskId> = letters.iter().map(|letter| letter.task).collect();
    let mut pieces = of_tasks(conn, &tasks, has_scanner).await?;
    let mut bytes: u64 = 0;
    let printed = pieces
        .iter_mut()
        .filter(|piece| piece.enclosing == Enclosing::WithLetter);
    for piece in printed {
        bytes = bytes.saturating_add(piece.size);
        if bytes > MOST_BYTES {
            piece.enclosing = Enclosing::Apart;
        }
    }
    Ok(pieces)
}

fn piece(
    (task, file, (name, format, size, scan), (n_pages, counted_by)): Row,
    has_scanner: bool,
) -> Piece {
    let enclosing = match n_pages {
        _ if !scan.may_be_served(has_scanner) => Enclosing::Withheld,
        Some(_) => Enclosing::WithLetter,
        None => Enclosing::Apart,
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
        enclosing,
    }
}
