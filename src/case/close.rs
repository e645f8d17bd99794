//! The act of closing an answered case.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, Touch, guarded, refusal};
use crate::case::lateness::lacks_cause;
use crate::case::{StaffId, Status, events};
use crate::db::Conn;
use crate::db::schema::cases;
use crate::journal::{self, Actor};

/// Closes the case: its answer has left and nothing more is owed.
///
/// # Errors
/// [`ActError::CauseMissing`] when a legal date was missed and nobody has said why; it is not answered or has changed since it was shown, or the database fails.
pub async fn close(
    conn: &mut Conn,
    seen: Seen,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let from = Status::leading_to(Status::Closed);
    conn.transaction(async |conn| {
        let changed = diesel::update(guarded(seen, &from))
            .set((
                cases::status.eq(Status::Closed),
                cases::closed_on.eq(calendar::paris_date(at)),
                cases::version.eq(cases::version + 1),
                Touch::at(at),
            ))
            .execute(conn)
            .await?;
        if changed == 0 {
            return Err(refusal(conn, seen).await?);
        }
        if lacks_cause(conn, seen.case, at).await? {
            return Err(ActError::CauseMissing);
        }
        journal::append(conn, seen.case.0, events::closed(), Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
