//! Whether something we wrote could not be delivered, and the letter that replaces it still waits:
//! kept on the case's row for the list *Envois en échec*.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::answer;
use crate::case::hand_over::ask_for_letter;
use crate::case::requalification::was_acknowledged;
use crate::case::{CaseId, Nature, PostalKind, Purpose};
use crate::db::schema::{cases, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::Actor;

/// Asks for the letter that takes the place of an e-mail which did not reach the person.
pub(super) async fn by_post_instead(
    conn: &mut Conn,
    case: CaseId,
    purpose: Purpose,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let kind = match purpose.by_post() {
        None => return Ok(()),
        Some(PostalKind::Answer) if is_of_a_request(conn, case).await? => PostalKind::Message,
        Some(PostalKind::Acknowledgement) if was_acknowledged(conn, case).await? => {
            PostalKind::Conversion
        }
        Some(kind) => kind,
    };
    ask_for_letter(conn, case, kind, Actor::System, at).await?;
    begins(conn, case, kind).await
}

/// Whether what answers the case is a message that answered it while it was a request: posted, it
/// must not pass for the answer to the complaint.
async fn is_of_a_request(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let nature: Nature = cases::table
        .find(case.0)
        .select(cases::nature)
        .first(conn)
        .await?;
    Ok(nature == Nature::Complaint && !answer::is_leaving(conn, case).await?)
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

/// Whether a letter of one of these kinds waits in the place of an e-mail.
///
/// # Errors
/// When the database fails.
pub(super) async fn letter_waits(
    conn: &mut Conn,
    case: CaseId,
    kinds: &[PostalKind],
) -> Result<bool, DbError> {
    let waiting = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq_any(kinds))
        .filter(postal_tasks::replaces_email)
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    diesel::select(exists(waiting)).get_result(conn).await
}
