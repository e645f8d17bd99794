//! Putting an e-mail in the outbox, in the transaction of the act it tells of.

use std::num::NonZeroU32;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::firm;
use crate::mail::outbox::State;
use crate::mail::{Composed, EmailAddress, OutboxId};

/// An e-mail to send.
#[derive(Clone, Debug)]
pub struct NewEmail<'a> {
    /// A code of the caller's, handed back to it with the outcome.
    pub purpose: &'static str,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// To whom.
    pub recipient: &'a EmailAddress,
    /// What it says.
    pub words: Composed,
    /// Most e-mails to this recipient in 24 hours, so that a form cannot flood a mailbox (R85).
    /// `None` for our own mailboxes.
    pub daily_cap: Option<NonZeroU32>,
}

/// An e-mail that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a delayed e-mail is to be told to staff"]
pub struct Queued {
    /// Its row.
    pub id: OutboxId,
    /// When the daily cap puts it off: the earliest instant of its first attempt.
    pub delayed_until: Option<DateTime<Utc>>,
}

/// A Message-ID that nobody can guess, without its brackets.
pub(in crate::mail) fn new_message_id() -> String {
    format!("{}@{}", uuid::Uuid::new_v4().simple(), firm::DOMAIN)
}

/// Puts an e-mail in the outbox at `at`. Nothing is sent here, and nothing is ever dropped: beyond
/// the daily cap it leaves later. Call it inside the transaction of the act.
///
/// # Errors
/// When the database fails.
pub async fn queue(
    conn: &mut Conn,
    email: NewEmail<'_>,
    at: DateTime<Utc>,
) -> Result<Queued, DbError> {
    let delayed_until = match email.daily_cap {
        Some(cap) => delay(conn, email.recipient, cap, at).await?,
        None => None,
    };
    let message_id = new_message_id();
    let id = diesel::insert_into(outbox::table)
        .values((
            outbox::purpose.eq(email.purpose),
            outbox::about.eq(email.about),
            outbox::recipient.eq(email.recipient.as_str()),
            outbox::subject.eq(email.words.subject),
            outbox::body.eq(email.words.body),
            outbox::origin.eq(email.words.origin),
            outbox::desk.eq(email.words.desk),
            outbox::message_id.eq(message_id),
            outbox::queued_at.eq(at),
            outbox::next_attempt_at.eq(delayed_until.unwrap_or(at)),
        ))
        .returning(outbox::id)
        .get_result(conn)
        .await?;
    Ok(Queued {
        id: OutboxId(id),
        delayed_until,
    })
}

/// A day after the `cap`-th latest e-mail to the recipient left or is to leave, if that is to come.
async fn delay(
    conn: &mut Conn,
    recipient: &EmailAddress,
    cap: NonZeroU32,
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let leaves_at = coalesce(outbox::handed_over_at, outbox::next_attempt_at);
    let cap_th_latest: Option<DateTime<Utc>> = outbox::table
        .filter(lower(outbox::recipient).eq(lower(recipient.as_str())))
        .filter(outbox::state.ne(State::Failed))
        .order(leaves_at.desc())
        .offset(i64::from(cap.get()) - 1)
        .select(leaves_at)
        .first(conn)
        .await
        .optional()?;
    Ok(cap_th_latest
        .and_then(|left| left.checked_add_signed(TimeDelta::days(1)))
        .filter(|until| *until > at))
}

diesel::define_sql_function! {
    /// Lower case, as the index has it.
    fn lower(text: Text) -> Text;
}

diesel::define_sql_function! {
    /// The first of the two that is known.
    fn coalesce(known: Nullable<Timestamptz>, otherwise: Timestamptz) -> Timestamptz;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_carry_the_domain_of_the_sender() {
        let (_, domain) = firm::CONTACT_EMAIL.rsplit_once('@').unwrap();
        assert_eq!(domain, firm::DOMAIN);
    }
}
