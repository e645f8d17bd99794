//! Lists that someone comes back to, under a name of their own.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Nullable, Text};
use diesel_async::RunQueryDsl;

use crate::calendar::paris_date;
use crate::case::StaffId;
use crate::case::label::{Label, LabelId};
use crate::db::schema::{labels, saved_filters};
use crate::db::{Conn, DbError};

/// A list someone kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct SavedFilter {
    /// Its id.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// The query of its address.
    pub query: String,
    /// Day it was last kept or opened, Paris calendar.
    pub used_on: NaiveDate,
}

/// Most that one person keeps.
pub const MOST_SAVED: i64 = 30;

/// Those of one person, by name.
///
/// # Errors
/// When the database fails.
async fn saved(conn: &mut Conn, whose: StaffId) -> Result<Vec<SavedFilter>, DbError> {
    saved_filters::table
        .filter(saved_filters::account_id.eq(whose.0))
        .order((saved_filters::name, saved_filters::id))
        .select((
            saved_filters::id,
            saved_filters::name,
            saved_filters::query,
            saved_filters::used_on,
        ))
        .limit(MOST_SAVED)
        .load(conn)
        .await
}

/// Id and name of a label, or of a kept list with its query and its last use.
type Offer = (i64, String, (Option<String>, Option<NaiveDate>), bool);

/// Every label, and the lists that one person keeps, each by name: what a page of the inbox offers, in
/// one statement.
///
/// # Errors
/// When the database fails.
pub async fn on_offer(
    conn: &mut Conn,
    whose: StaffId,
) -> Result<(Vec<Label>, Vec<SavedFilter>), DbError> {
    let theirs = saved_filters::table
        .filter(saved_filters::account_id.eq(whose.0))
        .select((
            saved_filters::id,
            saved_filters::name,
            (
                saved_filters::query.nullable(),
                saved_filters::used_on.nullable(),
            ),
            false.into_sql::<Bool>(),
        ));
    let mut rows: Vec<Offer> = labels::table
        .select((
            labels::id,
            labels::name,
            (
                None::<String>.into_sql::<Nullable<Text>>(),
                None::<NaiveDate>.into_sql::<Nullable<Date>>(),
            ),
            labels::is_retired,
        ))
        .union_all(theirs)
        .load(conn)
        .await?;
    rows.sort_by_cached_key(|(_, name, ..)| name.to_lowercase());
    let mut offer = (Vec::new(), Vec::new());
    for (id, name, kept, is_retired) in rows {
        match kept.0.zip(kept.1) {
            Some((query, used_on)) => offer.1.push(SavedFilter {
                id,
                name,
                query,
                used_on,
            }),
            None => offer.0.push(Label {
                id: LabelId(id),
                name,
                is_retired,
            }),
        }
    }
    Ok(offer)
}

/// Keeps a list under a name, in the place of the one that has it. Nothing is kept beyond
/// [`MOST_SAVED`]: false then.
///
/// # Errors
/// When the database fails.
pub async fn save(
    conn: &mut Conn,
    whose: StaffId,
    (name, query): (&str, &str),
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let kept = saved(conn, whose).await?;
    let same = kept
        .iter()
        .find(|one| one.name.to_lowercase() == name.to_lowercase());
    if let Some(same) = same {
        return diesel::update(saved_filters::table.find(same.id))
            .set((
                saved_filters::name.eq(name),
                saved_filters::query.eq(query),
                saved_filters::saved_at.eq(at),
                saved_filters::used_on.eq(paris_date(at)),
            ))
            .execute(conn)
            .await
            .map(|_| true);
    }
    if i64::try_from(kept.len()).unwrap_or(i64::MAX) >= MOST_SAVED {
        return Ok(false);
    }
    diesel::insert_into(saved_filters::table)
        .values((
            saved_filters::account_id.eq(whose.0),
            saved_filters::name.eq(name),
            saved_filters::query.eq(query),
            saved_filters::saved_at.eq(at),
            saved_filters::used_on.eq(paris_date(at)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(|_| true)
}

/// Forgets one of theirs; someone else's is left alone.
///
/// # Errors
/// When the database fails.
pub async fn forget(conn: &mut Conn, whose: StaffId, id: i64) -> Result<(), DbError> {
    let theirs = saved_filters::table
        .find(id)
        .filter(saved_filters::account_id.eq(whose.0));
    diesel::delete(theirs).execute(conn).await.map(drop)
}

/// Notes that one was opened on `today`, unless it is noted already.
///
/// # Errors
/// When the database fails.
pub async fn note_used(
    conn: &mut Conn,
    opened: &SavedFilter,
    today: NaiveDate,
) -> Result<(), DbError> {
    if opened.used_on >= today {
        return Ok(());
    }
    diesel::update(saved_filters::table.find(opened.id))
        .set(saved_filters::used_on.eq(today))
        .execute(conn)
        .await
        .map(drop)
}

/// Erases the lists that nobody kept or opened since a day, whatever they look for: it may be a person.
/// Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn erase_old(conn: &mut Conn, before: NaiveDate) -> Result<usize, DbError> {
    diesel::delete(saved_filters::table.filter(saved_filters::used_on.lt(before)))
        .execute(conn)
        .await
}
