//! Labels: words of the office to gather cases by, and the acts that put them on and take them off.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::{StaffId, Status, events};
use crate::db::schema::{case_labels, labels};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, SYSTEM_CHAIN};

/// The id of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LabelId(pub i64);

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its id.
    pub id: LabelId,
    /// What people read.
    pub name: String,
    /// No longer offered; the cases that bear it keep it.
    pub is_retired: bool,
}

/// The name of a label: 1 to 40 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelName(String);

impl LabelName {
    /// Reads what someone typed; none when it cannot be a name.
    pub fn parse(typed: &str) -> Option<Self> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_name = (1..=40).contains(&name.chars().count()) && !name.contains(char::is_control);
        is_name.then_some(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The label of this name, made if there is none; case does not count.
///
/// # Errors
/// When the database fails.
pub async fn label_named(
    conn: &mut Conn,
    name: &LabelName,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<Label, DbError> {
    conn.transaction(async |conn| {
        let new: Option<i64> = diesel::insert_into(labels::table)
            .values((
                labels::name.eq(name.as_str()),
                labels::created_by.eq(by.0),
                labels::created_at.eq(at),
            ))
            .on_conflict_do_nothing()
            .returning(labels::id)
            .get_result(conn)
            .await
            .optional()?;
        if let Some(id) = new {
            let (entry, actor) = (events::label_created(id), Actor::Staff(by.0));
            journal::append(conn, SYSTEM_CHAIN, entry, actor, at).await?;
        }
        let (id, name, is_retired): (i64, String, bool) = labels::table
            .filter(lower(labels::name).eq(lower(name.as_str())))
            .select((labels::id, labels::name, labels::is_retired))
            .first(conn)
            .await?;
        Ok(Label {
            id: LabelId(id),
            name,
            is_retired,
        })
    })
    .await
}

/// Puts a label on a case, in any state; again changes nothing and writes nothing.
///
/// # Errors
/// When the case has changed since it was shown, or the database fails.
pub async fn put_label(
    conn: &mut Conn,
    seen: Seen,
    label: LabelId,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        if has(conn, seen, label).await? {
            return Ok(());
        }
        count(conn, seen, Status::ALL, at).await?;
        diesel::insert_into(case_labels::table)
            .values((
                case_labels::case_id.eq(seen.case.0),
                case_labels::label_id.eq(label.0),
                case_labels::added_by.eq(by.0),
                case_labels::added_at.eq(at),
            ))
            .execute(conn)
            .await?;
        let (entry, actor) = (events::labelled(label.0), Actor::Staff(by.0));
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        Ok(())
    })
    .await
}

/// Takes a label off a case; one that it does not bear changes nothing and writes nothing.
///
/// # Errors
/// When the case has changed since it was shown, or the database fails.
pub async fn take_label_off(
    conn: &mut Conn,
    seen: Seen,
    label: LabelId,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        if !has(conn, seen, label).await? {
            return Ok(());
        }
        count(conn, seen, Status::ALL, at).await?;
        diesel::delete(case_labels::table.find((seen.case.0, label.0)))
            .execute(conn)
            .await?;
        let (entry, actor) = (events::unlabelled(label.0), Actor::Staff(by.0));
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        Ok(())
    })
    .await
}

async fn has(conn: &mut Conn, seen: Seen, label: LabelId) -> Result<bool, DbError> {
    let row = case_labels::table.find((seen.case.0, label.0));
    diesel::select(diesel::dsl::exists(row))
        .get_result(conn)
        .await
}

diesel::define_sql_function! {
    /// Without capitals.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_on_one_line() {
        let name = |typed: &str| LabelName::parse(typed).map(|name| name.0);
        assert_eq!(name("  à\t rappeler\n").as_deref(), Some("à rappeler"));
        assert_eq!(name("é".repeat(40).as_str()), Some("é".repeat(40)));
        for bad in ["", " ", "a\0b", &"é".repeat(41)] {
            assert_eq!(name(bad), None, "{bad}");
        }
    }
}
