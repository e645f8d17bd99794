//! The acts on the lists: a line is added, renamed, moved, retired or restored, never deleted.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::StaffId;
use crate::case::catalogue::List;
use crate::case::catalogue::code::new_code;
use crate::case::filing::Line;
use crate::db::lock::{self, Lock};
use crate::db::schema::catalogue_changes;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};

/// The words of a line of a list.
pub type Label = Line<100>;

text_code! {
    /// What was done to a line.
    pub enum ChangeKind {
        /// Put at the end of the list.
        Added => "added",
        /// Given other words.
        Renamed => "renamed",
        /// No longer offered.
        Retired => "retired",
        /// Offered again.
        Restored => "restored",
        /// Put one place higher.
        Moved => "moved",
    }
}

/// What someone wants of a list.
#[derive(Clone, Debug)]
pub enum ListChange {
    /// A new line, at the end.
    Add(Label),
    /// Other words for a line, which read as the last text when it was shown.
    Rename(String, Label, String),
    /// The line is no longer offered.
    Retire(String),
    /// The line is offered again.
    Restore(String),
    /// The line goes one place higher, from the place where it was shown.
    Raise(String, usize),
}

/// Why a list was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ListChangeError {
    /// No such line, or it is so already: someone else was first.
    #[error("the line has changed since it was shown")]
    Stale,
    /// Another line has these words.
    #[error("another line has these words")]
    Taken,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes a list: one row with the words before and after, one line of the system's journal.
///
/// # Errors
/// When someone else was first, the words are taken, or the database fails.
pub async fn change_list(
    conn: &mut Conn,
    list: List,
    change: &ListChange,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ListChangeError> {
    conn.transaction(async |conn| {
        lock::hold(conn, Lock::Catalogue).await?;
        let lines = all(conn, list).await?;
        let done = match change {
            ListChange::Add(label) => add(conn, list, &lines, label).await?,
            ListChange::Rename(code, label, seen) => {
                let line = find(&lines, code)?;
                if line.label == label.as_str() {
                    return Ok(());
                }
                if line.label != *seen {
                    return Err(ListChangeError::Stale);
                }
                rename(conn, list, &lines, (line, label)).await?
            }
            ListChange::Retire(code) => retire(conn, list, &lines, (code, true)).await?,
            ListChange::Restore(code) => retire(conn, list, &lines, (code, false)).await?,
            ListChange::Raise(code, place) => raise(conn, list, &lines, (code, *place)).await?,
        };
        record(conn, list, &done, by, at).await
    })
    .await
}

/// A line as it was found.
#[derive(Clone, Debug, Queryable)]
struct Found {
    code: String,
    label: String,
    position: i32,
    is_retired: bool,
}

struct Done {
    kind: ChangeKind,
    code: String,
    was: Option<String>,
    value: Option<String>,
}

/// Both lists have the same columns, in two tables.
macro_rules! of_list {
    ($list:expr, $table:ident => $body:expr) => {
        match $list {
            List::Products => {
                use crate::db::schema::products as $table;
                $body
            }
            List::Subjects => {
                use crate::db::schema::subjects as $table;
                $body
            }
        }
    };
}

/// The lines of a list, in their order.
async fn all(conn: &mut Conn, list: List) -> Result<Vec<Found>, DbError> {
    of_list!(list, lines => {
        lines::table
            .order((lines::position, lines::code))
            .select((lines::code, lines::label, lines::position, lines::is_retired))
            .load(conn)
            .await
    })
}

async fn add(
    conn: &mut Conn,
    list: List,
    lines: &[Found],
    label: &Label,
) -> Result<Done, ListChangeError> {
    refuse_taken(lines, "", label)?;
    let code = new_code(label.as_str(), |code| {
        lines.iter().any(|line| line.code == code)
    });
    let highest = lines.iter().map(|line| line.position).max();
    let position = highest.unwrap_or_default().saturating_add(10);
    of_list!(list, lines => {
        diesel::insert_into(lines::table)
            .values((
                lines::code.eq(&code),
                lines::label.eq(label.as_str()),
                lines::position.eq(position),
            ))
            .execute(conn)
            .await?
    });
    Ok(Done {
        kind: ChangeKind::Added,
        code,
        was: None,
        value: Some(label.as_str().to_owned()),
    })
}

async fn rename(
    conn: &mut Conn,
    list: List,
    lines: &[Found],
    (line, label): (&Found, &Label),
) -> Result<Done, ListChangeError> {
    refuse_taken(lines, &line.code, label)?;
    of_list!(list, lines => {
        diesel::update(lines::table.find(&line.code))
            .set(lines::label.eq(label.as_str()))
            .execute(conn)
            .await?
    });
    Ok(Done {
        kind: ChangeKind::Renamed,
        code: line.code.clone(),
        was: Some(line.label.clone()),
        value: Some(label.as_str().to_owned()),
    })
}

async fn retire(
    conn: &mut Conn,
    list: List,
    lines: &[Found],
    (code, is_retired): (&str, bool),
) -> Result<Done, ListChangeError> {
    let line = find(lines, code)?;
    if line.is_retired == is_retired {
        return Err(ListChangeError::Stale);
    }
    of_list!(list, lines => {
        diesel::update(lines::table.find(code))
            .set(lines::is_retired.eq(is_retired))
            .execute(conn)
            .await?
    });
    let kind = if is_retired {
        ChangeKind::Retired
    } else {
        ChangeKind::Restored
    };
    Ok(Done {
        kind,
        code: line.code.clone(),
        was: Some(line.label.clone()),
        value: None,
    })
}

/// Changes places with the line above.
async fn raise(
    conn: &mut Conn,
    list: List,
    lines: &[Found],
    (code, place): (&str, usize),
) -> Result<Done, ListChangeError> {
    let line = lines.get(place).filter(|line| line.code == code);
    let above = place.checked_sub(1).and_then(|above| lines.get(above));
    let (Some(line), Some(above)) = (line, above) else {
        return Err(ListChangeError::Stale);
    };
    // Equal positions would leave both where they are.
    let (high, low) = (
        above.position,
        line.position.max(above.position.saturating_add(1)),
    );
    for (code, position) in [(&line.code, high), (&above.code, low)] {
        of_list!(list, lines => {
            diesel::update(lines::table.find(code))
                .set(lines::position.eq(position))
                .execute(conn)
                .await?
        });
    }
    Ok(Done {
        kind: ChangeKind::Moved,
        code: line.code.clone(),
        was: Some(line.label.clone()),
        value: None,
    })
}

async fn record(
    conn: &mut Conn,
    list: List,
    done: &Done,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ListChangeError> {
    let id: i64 = diesel::insert_into(catalogue_changes::table)
        .values((
            catalogue_changes::list.eq(list),
            catalogue_changes::code.eq(&done.code),
            catalogue_changes::change.eq(done.kind),
            catalogue_changes::value.eq(&done.value),
            catalogue_changes::was.eq(&done.was),
            catalogue_changes::changed_by.eq(by.0),
            catalogue_changes::changed_at.eq(at),
        ))
        .returning(catalogue_changes::id)
        .get_result(conn)
        .await?;
    let entry = Entry::new("list.changed")
        .code("list", list.code())
        .code("change", done.kind.code())
        .id("row", id);
    journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by.0), at).await?;
    Ok(())
}

fn find<'a>(lines: &'a [Found], code: &str) -> Result<&'a Found, ListChangeError> {
    lines
        .iter()
        .find(|line| line.code == code)
        .ok_or(ListChangeError::Stale)
}

/// Two lines that read the same could not be told apart.
fn refuse_taken(lines: &[Found], code: &str, label: &Label) -> Result<(), ListChangeError> {
    let words = label.as_str().to_lowercase();
    let is_taken = lines
        .iter()
        .any(|line| line.code != code && line.label.to_lowercase() == words);
    if is_taken {
        return Err(ListChangeError::Taken);
    }
    Ok(())
}
