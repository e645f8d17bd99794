//! What has passed on a case: messages, internal notes and letters to post, in one reading.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};
use diesel_async::RunQueryDsl;

use crate::case::exchange::MessageKind;
use crate::case::{CaseId, PostalKind, StaffId};
use crate::db::schema::{messages, notes, postal_tasks};
use crate::db::{Conn, DbError, fixed};

/// One thing that passed, or must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its row, among those of its kind.
    pub id: i64,
    /// Who wrote it or ticked it off; none for the person, and for a letter that waits.
    pub author: Option<StaffId>,
    /// Its text; empty for a letter.
    pub body: String,
    /// When it was written or asked for, UTC.
    pub at: DateTime<Utc>,
    /// Last day to post a letter, Paris calendar.
    pub due_on: Option<NaiveDate>,
    /// When it was posted, Paris calendar.
    pub posted_on: Option<NaiveDate>,
    /// By which the post office follows it.
    pub tracking: Option<String>,
    /// The e-mail that carries it: its row in the outbox.
    pub outbox: Option<i64>,
}

/// What passes on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// The person wrote to us.
    FromPerson,
    /// The person contests an answer.
    Disagreement,
    /// The person withdrew; the text, if any, says why.
    Withdrawal,
    /// We wrote to the person; an act of its own says what.
    ToPerson(MessageKind),
    /// Staff wrote to each other: the person never reads it.
    Note,
    /// Something that must leave by post, or has.
    Letter(PostalKind),
}

impl ItemKind {
    const fn of_message(kind: MessageKind) -> Self {
        match kind {
            MessageKind::FromPerson => Self::FromPerson,
            MessageKind::Disagreement => Self::Disagreement,
            MessageKind::Withdrawal => Self::Withdrawal,
            MessageKind::ToPerson
            | MessageKind::Asked
            | MessageKind::HoldingLetter
            | MessageKind::Transfer
            | MessageKind::WithdrawalTaken
            | MessageKind::Mediation => Self::ToPerson(kind),
        }
    }
}

/// Most items of each kind that a page shows, the last ones.
const PAGE: i64 = 200;

/// What each of the three selections reads; the empty columns of one are another's.
type Row = (
    String,
    i64,
    String,
    Option<i64>,
    String,
    DateTime<Utc>,
    Option<NaiveDate>,
    Option<NaiveDate>,
    Option<String>,
    Option<i64>,
);

/// What has passed on the case, newest first, at most [`PAGE`] of each kind.
///
/// # Errors
/// When the database fails.
#[expect(
    clippy::too_many_lines,
    reason = "one statement: the types of its three selections are too long to be named"
)]
pub async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<Item>, DbError> {
    let no_date = || fixed::<Nullable<Date>>("NULL::date");
    let no_id = || fixed::<Nullable<BigInt>>("NULL::bigint");
    let no_number = || fixed::<Nullable<Text>>("NULL::text");
    let exchanged = messages::table
        .filter(messages::case_id.eq(case.0))
        .order(messages::id.desc())
        .limit(PAGE)
        .select((
            MESSAGE.into_sql::<Text>(),
            messages::id,
            messages::kind,
            messages::author_id,
            messages::body,
            messages::written_at,
            no_date(),
            messages::posted_on,
            no_number(),
            messages::outbox_id,
        ));
    let noted = notes::table
        .filter(notes::case_id.eq(case.0))
        .order(notes::id.desc())
        .limit(PAGE)
        .select((
            NOTE.into_sql::<Text>(),
            notes::id,
            "".into_sql::<Text>(),
            notes::author_id.nullable(),
            notes::body,
            notes::written_at,
            no_date(),
            no_date(),
            no_number(),
            no_id(),
        ));
    let to_post = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::dropped_at.is_null())
        .order(postal_tasks::id.desc())
        .limit(PAGE)
        .select((
            LETTER.into_sql::<Text>(),
            postal_tasks::id,
            postal_tasks::kind,
            postal_tasks::done_by,
            "".into_sql::<Text>(),
            postal_tasks::created_at,
            postal_tasks::due_on.nullable(),
            postal_tasks::done_on,
            postal_tasks::tracking,
            no_id(),
        ));
    let rows: Vec<Row> = exchanged
        .union_all(noted)
        .union_all(to_post)
        .load(conn)
        .await?;
    let mut items = rows.into_iter().map(item).collect::<Result<Vec<_>, _>>()?;
    items.sort_by_key(|item| std::cmp::Reverse((item.at, item.id)));
    Ok(items)
}

const MESSAGE: &str = "message";
const NOTE: &str = "note";
const LETTER: &str = "letter";

fn item(row: Row) -> Result<Item, DbError> {
    let (lane, id, code, author, body, at, due_on, posted_on, tracking, outbox) = row;
    Ok(Item {
        kind: kind(&lane, &code)?,
        id,
        author: author.map(StaffId),
        body,
        at,
        due_on,
        posted_on,
        tracking,
        outbox,
    })
}

fn kind(lane: &str, code: &str) -> Result<ItemKind, DbError> {
    let known = match (lane, code) {
        (NOTE, _) => Some(ItemKind::Note),
        (MESSAGE, code) => MessageKind::from_code(code).map(ItemKind::of_message),
        _ => PostalKind::from_code(code).map(ItemKind::Letter),
    };
    known.ok_or_else(|| DbError::DeserializationError(format!("unknown {lane} `{code}`").into()))
}
