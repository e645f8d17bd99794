//! The act of staff who read what the person wrote and find that it calls for no answer.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, guarded, refusal};
use crate::case::{StaffId, Status, events};
use crate::db::Conn;
use crate::db::schema::cases;
use crate::journal::{self, Actor};

/// Takes the case off the list of those whose person wrote. Reading it twice changes nothing more.
///
/// # Errors
/// When the case has changed since it was shown, for instance because the person wrote again; or
/// the database fails.
pub async fn read_message(
    conn: &mut Conn,
    seen: Seen,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        let changed = diesel::update(guarded(seen, Status::ALL))
            .set((
                cases::version.eq(cases::version + 1),
                cases::person_wrote_at.eq(None::<DateTime<Utc>>),
                cases::touched_on.eq(calendar::paris_date(at)),
            ))
            .execute(conn)
            .await?;
        if changed == 0 {
            return Err(refusal(conn, seen).await?);
        }
        let (entry, actor) = (events::message_read(), Actor::Staff(by.0));
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        Ok(())
    })
    .await
}
