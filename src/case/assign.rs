//! The act of giving a case to someone, or taking it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::{StaffId, Status, events, sight};
use crate::db::Conn;
use crate::db::schema::cases;
use crate::journal::{self, Actor};

/// Makes `handler` responsible for the case; `by` may be the same person, who then takes it.
///
/// # Errors
/// [`ActError::Barred`] when the case complains about `handler`; or it has ended or has changed since it
/// was shown, or the database fails.
pub async fn assign(
    conn: &mut Conn,
    seen: Seen,
    handler: StaffId,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    const FROM: [Status; 3] = [Status::Received, Status::Acknowledged, Status::Answered];
    conn.transaction(async |conn| {
        let changed = diesel::update(guarded(seen, &FROM))
            .set((
                cases::handler_id.eq(handler.0),
                cases::version.eq(cases::version + 1),
                Touch::at(at),
            ))
            .execute(conn)
            .await?;
        if changed == 0 {
            return Err(refusal(conn, seen).await?);
        }
        if sight::is_barred(conn, seen.case, handler).await? {
            return Err(ActError::Barred);
        }
        let entry = events::assigned(handler);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
