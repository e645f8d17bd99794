//! What is told at once: a last working day, a sending that failed, an answer that is contested.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::{self, opens_at};
use crate::case::notices::Notices;
use crate::case::notices::recipients::Staff;
use crate::case::stages::{Of, Passed, Which, note, passed};
use crate::case::{CaseId, NotifyError, PostalKind, Purpose, Reference, StaffId};
use crate::db::Conn;
use crate::db::schema::cases;
use crate::mail::outbox::{self, NewEmail};
use crate::mail::words::{Alert, AlertKind};

/// Purpose of these e-mails in the outbox: nothing follows them.
const PURPOSE: &str = "alert";

/// Tells those in charge of the clocks that have one working day left at most, at most `limit` of
/// them, and returns how many.
///
/// # Errors
/// When the words or the database fail.
pub async fn tell_last_days(
    conn: &mut Conn,
    notices: &Notices,
    limit: i64,
    at: DateTime<Utc>,
) -> Result<usize, NotifyError> {
    let today = calendar::paris_date(at);
    let mut n_told = 0;
    for one in passed(conn, Which::LastDays, Of::All { limit }, today).await? {
        let told = conn
            .transaction(async |conn| last_day(conn, notices, &one, at).await)
            .await?;
        n_told += usize::from(told);
    }
    Ok(n_told)
}

/// Tells of one; false when another node was first, or it is no longer so.
async fn last_day(
    conn: &mut Conn,
    notices: &Notices,
    one: &Passed,
    at: DateTime<Utc>,
) -> Result<bool, NotifyError> {
    if !note(conn, one, at).await? {
        return Ok(false);
    }
    let kind = AlertKind::LastDay {
        task: one.clock.into(),
        due_on: one.due_on,
        is_late: one.due_on < calendar::paris_date(at),
    };
    tell(
        conn,
        notices,
        (one.case(), one.reference(), one.handler()),
        kind,
        at,
    )
    .await?;
    Ok(true)
}

/// Tells those in charge that an e-mail of the case which could be a letter was not delivered, and
/// whether that letter was asked for.
///
/// # Errors
/// When the words or the database fail.
pub async fn failed_sending(
    conn: &mut Conn,
    notices: &Notices,
    (case, purpose, letter): (CaseId, Purpose, Option<PostalKind>),
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    if purpose.by_post().is_none() {
        return Ok(());
    }
    let by_letter = letter.is_some();
    about(
        conn,
        notices,
        case,
        AlertKind::FailedSending { by_letter },
        at,
    )
    .await
}

/// Tells those in charge that an e-mail of the case which could be a letter came back, and whether that
/// letter was asked for.
///
/// # Errors
/// When the words or the database fail.
pub async fn returned_sending(
    conn: &mut Conn,
    notices: &Notices,
    (case, purpose, letter): (CaseId, Purpose, Option<PostalKind>),
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    if purpose.by_post().is_none() {
        return Ok(());
    }
    let by_letter = letter.is_some();
    about(
        conn,
        notices,
        case,
        AlertKind::ReturnedSending { by_letter },
        at,
    )
    .await
}

/// Tells those in charge that the person contests the answer.
pub(in crate::case) async fn disagreement(
    conn: &mut Conn,
    notices: &Notices,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    about(conn, notices, case, AlertKind::Disagreement, at).await
}

async fn about(
    conn: &mut Conn,
    notices: &Notices,
    case: CaseId,
    kind: AlertKind,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let (year, handler): (i16, Option<i64>) = cases::table
        .find(case.0)
        .select((cases::reference_year, cases::handler_id))
        .first(conn)
        .await?;
    let one = (case, Reference::new(year, case), handler.map(StaffId));
    tell(conn, notices, one, kind, at).await
}

/// Queues the alert for each of those in charge; it leaves in office hours.
async fn tell(
    conn: &mut Conn,
    notices: &Notices,
    (case, reference, handler): (CaseId, Reference, Option<StaffId>),
    kind: AlertKind,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let opens = opens_at(at);
    let day = calendar::paris_date(opens);
    let staff = Staff::read(conn).await?;
    let reference = reference.to_string();
    let words = Alert {
        reference: &reference,
        kind,
        staff_url: &notices.case(&reference),
    };
    for recipient in &staff.in_charge(conn, (case, handler), day).await? {
        let email = NewEmail {
            purpose: PURPOSE,
            about: None,
            recipient,
            words: words.compose()?,
            daily_cap: None,
        };
        let queued = outbox::queue(conn, email, at).await?;
        outbox::hold(conn, queued.id, opens).await?;
    }
    Ok(())
}
