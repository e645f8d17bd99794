//! E-mails of ours as those who answer them, or send them back, name them: by their Message-ID.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::OutboxId;
use crate::mail::outbox::State;

/// An e-mail of ours that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounced {
    /// Its row.
    pub id: OutboxId,
    /// The caller's code for it.
    pub purpose: String,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// When it had left.
    pub handed_over_at: DateTime<Utc>,
}

/// Records at `at` that the e-mail with this Message-ID came back, once; none when it is none of ours,
/// has not left, or came back before. `told_of` is when the e-mail that the report is of arrived where it
/// could not be delivered, or the report here, UTC: one that tells of a sending before the last changes
/// nothing. The caller draws the consequences in the same transaction.
///
/// # Errors
/// When the database fails.
pub async fn bounced(
    conn: &mut Conn,
    message_id: &str,
    told_of: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<Option<Bounced>, DbError> {
    let is_of_the_last = outbox::came_back_at
        .is_null()
        .or(outbox::came_back_at.lt(told_of).assume_not_null());
    let delivered = outbox::table
        .filter(outbox::message_id.eq(message_id))
        .filter(outbox::state.eq(State::HandedOver))
        .filter(outbox::bounced_at.is_null())
        .filter(is_of_the_last);
    let row: Option<Row> = diesel::update(delivered)
        .set(outbox::bounced_at.eq(at))
        .returning((
            outbox::id,
            outbox::purpose,
            outbox::about,
            outbox::handed_over_at,
        ))
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(|(id, purpose, about, handed_over_at)| Bounced {
        id: OutboxId(id),
        purpose,
        about,
        handed_over_at: handed_over_at.unwrap_or(at),
    }))
}

type Row = (i64, String, Option<i64>, Option<DateTime<Utc>>);

/// An e-mail of ours, as others name it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
pub struct Named {
    /// Its Message-ID.
    pub message_id: String,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// Whom it was written to.
    pub recipient: String,
}

/// The e-mails with these Message-IDs, in the order of the ids; those that are not ours are left out.
///
/// # Errors
/// When the database fails.
pub async fn named(conn: &mut Conn, message_ids: &[String]) -> Result<Vec<Named>, DbError> {
    let mut found: Vec<Named> = outbox::table
        .filter(outbox::message_id.eq_any(message_ids))
        .select(Named::as_select())
        .load(conn)
        .await?;
    found.sort_by_key(|named| message_ids.iter().position(|id| *id == named.message_id));
    Ok(found)
}

/// What the e-mails with these Message-IDs are about, in the order of the ids; those that are not ours,
/// or are about nothing, are left out.
///
/// # Errors
/// When the database fails.
pub async fn subjects(conn: &mut Conn, message_ids: &[String]) -> Result<Vec<i64>, DbError> {
    let named = named(conn, message_ids).await?;
    Ok(named.into_iter().filter_map(|named| named.about).collect())
}
