//! The person is told that staff hold their complaint for a request: the ten days begin when the
//! notice has reached them, not when it has merely left for an address that may be a stranger's.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar;
use crate::case::events::{self, Carrier};
use crate::case::hand_over::{ask_for_letter, lock};
use crate::case::{CaseId, Nature, PostalKind, Purpose};
use crate::db::schema::{filings, requalifications};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry};
use crate::mail::{OutboxId, outbox};

/// The notice has left. Posted, or handed over for the confirmed address of the person, it begins
/// the ten days; else they wait for the address to be confirmed, or for a letter.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn told(
    conn: &mut Conn,
    case: CaseId,
    on: NaiveDate,
    by: Carrier,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    lock(conn, case).await?;
    let Some((id, _)) = untold(conn, case).await? else {
        return note(conn, case, left(on, by), (actor, at)).await;
    };
    if reaches(conn, case, by).await? {
        return begin(conn, case, (id, on, by), (actor, at)).await;
    }
    note(conn, case, left(on, by), (actor, at)).await?;
    if has_postal_address(conn, case).await? {
        ask_for_letter(conn, case, PostalKind::Requalification, actor, at).await?;
    }
    Ok(())
}

/// The person proved that `email` is theirs: if the notice has left for it, the ten days begin now.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn told_at_last(
    conn: &mut Conn,
    case: CaseId,
    email: &str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let Some((id, decided_at)) = untold(conn, case).await? else {
        return Ok(());
    };
    let notice = (Purpose::Requalification.code(), case.0);
    let Some(outbox) = outbox::handed_over_to(conn, notice, email, decided_at).await? else {
        return Ok(());
    };
    let (on, by) = (calendar::paris_date(at), Carrier::Email(outbox.0));
    begin(conn, case, (id, on, by), (Actor::System, at)).await
}

/// The decision that waits for the person to be told, and when it was made.
async fn untold(conn: &mut Conn, case: CaseId) -> Result<Option<(i64, DateTime<Utc>)>, DbError> {
    requalifications::table
        .filter(requalifications::case_id.eq(case.0))
        .filter(requalifications::is_last)
        .filter(requalifications::to_nature.eq(Nature::InformationRequest))
        .filter(requalifications::told_on.is_null())
        .filter(requalifications::objected_at.is_null())
        .filter(requalifications::settled_at.is_null())
        .select((requalifications::id, requalifications::decided_at))
        .first(conn)
        .await
        .optional()
}

/// Whether the person has been told of the last decision.
///
/// # Errors
/// When the database fails.
pub(in crate::case) async fn is_told(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let told = requalifications::table
        .filter(requalifications::case_id.eq(case.0))
        .filter(requalifications::is_last)
        .filter(requalifications::told_on.is_not_null());
    diesel::select(diesel::dsl::exists(told))
        .get_result(conn)
        .await
}

/// A letter reaches the person; an e-mail does if it left for the address they have confirmed.
async fn reaches(conn: &mut Conn, case: CaseId, by: Carrier) -> Result<bool, DbError> {
    let Carrier::Email(id) = by else {
        return Ok(true);
    };
    let recipient = outbox::recipient(conn, OutboxId(id)).await?;
    let confirmed = filings::table
        .find(case.0)
        .filter(filings::email.eq(recipient))
        .filter(filings::email_confirmed_at.is_not_null());
    diesel::select(diesel::dsl::exists(confirmed))
        .get_result(conn)
        .await
}

async fn has_postal_address(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let with_post = filings::table
        .find(case.0)
        .filter(filings::postal_address.is_not_null());
    diesel::select(diesel::dsl::exists(with_post))
        .get_result(conn)
        .await
}

/// It has left, and begins nothing.
fn left(on: NaiveDate, by: Carrier) -> Entry {
    match by {
        Carrier::Email(_) => events::mail_handed_over(Purpose::Requalification, by),
        Carrier::Post => events::letter_posted(PostalKind::Requalification, on),
    }
}

async fn begin(
    conn: &mut Conn,
    case: CaseId,
    (id, on, by): (i64, NaiveDate, Carrier),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    diesel::update(requalifications::table.find(id))
        .set(requalifications::told_on.eq(on))
        .execute(conn)
        .await?;
    let until = calendar::objection_last_day(on);
    let entry = events::requalification_told(id, on, until, by);
    note(conn, case, entry, (actor, at)).await
}

async fn note(
    conn: &mut Conn,
    case: CaseId,
    entry: Entry,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    journal::append(conn, case.0, entry, actor, at)
        .await
        .map(drop)
}
