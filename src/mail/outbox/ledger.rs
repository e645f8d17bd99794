//! The ledger of e-mails, for the page where staff see what became of each.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::OutboxId;
use crate::mail::outbox::standing::{Row, Tracked};
use crate::mail::outbox::{PAGE, State};

/// Which e-mails a page of the ledger shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    #[default]
    All,
    /// Those in this state, but those that came back.
    In(State),
    /// Those that left and came back.
    Returned,
}

/// An e-mail of the ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is for and where it stands.
    pub mail: Tracked,
    /// To whom it goes.
    pub recipient: String,
}

/// A page of e-mails, newest first: those before `before`, at most [`PAGE`]. The caller leaves out the
/// cases its reader may not see.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    part: Part,
    before: Option<OutboxId>,
    now: DateTime<Utc>,
) -> Result<Vec<Entry>, DbError> {
    let mut found = outbox::table
        .filter(outbox::id.lt(before.map_or(i64::MAX, |id| id.0)))
        .into_boxed();
    match part {
        Part::All => {}
        Part::In(state) => {
            found = found
                .filter(outbox::state.eq(state))
                .filter(outbox::bounced_at.is_null());
        }
        Part::Returned => found = found.filter(outbox::bounced_at.is_not_null()),
    }
    let rows: Vec<(Row, String)> = found
        .order(outbox::id.desc())
        .limit(PAGE)
        .select((Row::as_select(), outbox::recipient))
        .load(conn)
        .await?;
    let entry = |(row, recipient): (Row, String)| Entry {
        mail: row.tracked(now),
        recipient,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// One e-mail of the ledger, if it exists.
///
/// # Errors
/// When the database fails.
pub async fn entry(
    conn: &mut Conn,
    id: OutboxId,
    now: DateTime<Utc>,
) -> Result<Option<Entry>, DbError> {
    let found: Option<(Row, String)> = outbox::table
        .find(id.0)
        .select((Row::as_select(), outbox::recipient))
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(row, recipient)| Entry {
        mail: row.tracked(now),
        recipient,
    }))
}

/// Addresses stay out of logs.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("mail", &self.mail)
            .finish_non_exhaustive()
    }
}
