//! Whether a letter has its use, and by when it is to be posted.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::{CaseId, Nature, PostalKind, Status, answer};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};

/// The day by which a letter is to be posted: that of the clock it stops, else the next working day.
pub(super) async fn due_on(
    conn: &mut Conn,
    case: CaseId,
    kind: PostalKind,
    at: DateTime<Utc>,
) -> Result<NaiveDate, DbError> {
    let (status, nature, next_due_on): (Status, Nature, NaiveDate) = cases::table
        .find(case.0)
        .select((cases::status, cases::nature, cases::next_due_on))
        .first(conn)
        .await?;
    let stops_its_clock = match kind {
        PostalKind::Acknowledgement => true,
        // One that has left before, and comes back when the case has moved on, stops none.
        PostalKind::Answer => {
            nature == Nature::InformationRequest || answer::is_leaving(conn, case).await?
        }
        PostalKind::Copy
        | PostalKind::Message
        | PostalKind::Requalification
        | PostalKind::Conversion => false,
    };
    Ok(if stops_its_clock && status.is_open() {
        calendar::act_by(next_due_on)
    } else {
        calendar::add_jours_ouvrables(calendar::paris_date(at), 1)
    })
}

/// Whether the letter still has its use on the case as it is now.
pub(super) async fn is_needed(
    conn: &mut Conn,
    case: CaseId,
    kind: PostalKind,
) -> Result<bool, DbError> {
    let status: Status = cases::table
        .find(case.0)
        .select(cases::status)
        .first(conn)
        .await?;
    // The answer that was sent leaves whatever came after: the person withdrew, or its e-mail came back
    // once the case was closed.
    Ok(kind.is_needed(status)
        || (kind == PostalKind::Answer && answer::is_sent(conn, case).await?))
}
