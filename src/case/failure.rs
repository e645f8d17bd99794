//! Whether something we wrote could not be delivered, and the letter that replaces it still waits:
//! kept on the case's row for the list *Envois en échec*.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::answer;
use crate::case::as_letter::AsLetter;
use crate::case::hand_over::ask_for_letter;
use crate::case::letter_need;
use crate::case::post::unposted_emails;
use crate::case::{CaseId, PostalKind, Purpose};
use crate::db::schema::{cases, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::Actor;

/// The letter that takes the place of an e-mail which did not reach the person, while the case still
/// needs it: there is something to write, and nothing that came after it says it anew.
pub(super) async fn letter_instead(
    conn: &mut Conn,
    case: CaseId,
    (purpose, outbox): (Purpose, i64),
) -> Result<Option<PostalKind>, DbError> {
    let Some(letter) = AsLetter::of(conn, case, (purpose, outbox)).await? else {
        return Ok(None);
    };
    let has_words = match letter {
        AsLetter::Answer => answer::is_last(conn, case, outbox).await?,
        AsLetter::Messages(_) => unposted_emails(conn, case).await?.contains(&Some(outbox)),
        AsLetter::Acknowledgement | AsLetter::Other(_) => true,
    };
    if !has_words {
        return Ok(None);
    }
    let kind = letter.to_ask(conn, case, purpose).await?;
    let is_needed = letter_need::is_needed(conn, case, kind).await?;
    Ok(is_needed.then_some(kind))
}

/// Asks for that letter.
pub(super) async fn by_post_instead(
    conn: &mut Conn,
    case: CaseId,
    kind: Option<PostalKind>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let Some(kind) = kind else { return Ok(()) };
    ask_for_letter(conn, case, kind, Actor::System, at).await?;
    begins(conn, case, kind).await
}

/// Notes that the e-mail which this letter replaces could not be delivered, if the letter waits.
///
/// # Errors
/// When the database fails.
async fn begins(conn: &mut Conn, case: CaseId, kind: PostalKind) -> Result<(), DbError> {
    let in_its_place = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq(kind))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let n_waiting = diesel::update(in_its_place)
        .set(postal_tasks::replaces_email.eq(true))
        .execute(conn)
        .await?;
    if n_waiting == 0 {
        return Ok(());
    }
    diesel::update(cases::table.find(case.0))
        .set(cases::failed_sending.eq(true))
        .execute(conn)
        .await
        .map(drop)
}

/// The letters of these kinds that wait carry nothing any more that an e-mail did not deliver.
///
/// # Errors
/// When the database fails.
pub(super) async fn replaces_none(
    conn: &mut Conn,
    case: CaseId,
    kinds: &[PostalKind],
) -> Result<(), DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq_any(kinds))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    diesel::update(waiting)
        .set(postal_tasks::replaces_email.eq(false))
        .execute(conn)
        .await?;
    ends(conn, case).await
}

/// Ends it once no letter that replaces an e-mail waits any more: posted, or no longer needed. One that
/// waits for another reason changes nothing of it.
///
/// # Errors
/// When the database fails.
pub(super) async fn ends(conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(cases::id))
        .filter(postal_tasks::replaces_email)
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let settled = cases::table
        .filter(cases::id.eq(case.0))
        .filter(cases::failed_sending.and(not(exists(waiting))));
    diesel::update(settled)
        .set(cases::failed_sending.eq(false))
        .execute(conn)
        .await
        .map(drop)
}

/// Since when a letter of one of these kinds waits in the place of an e-mail, if one does.
///
/// # Errors
/// When the database fails.
pub(super) async fn letter_waits_since(
    conn: &mut Conn,
    case: CaseId,
    kinds: &[PostalKind],
) -> Result<Option<DateTime<Utc>>, DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq_any(kinds))
        .filter(postal_tasks::replaces_email)
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    waiting
        .select(diesel::dsl::min(postal_tasks::created_at))
        .first(conn)
        .await
}
