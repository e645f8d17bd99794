//! Letters that are owed of e-mails that have left: noted at the hand-over, made soon after, once.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::exchange::MessageKind;
use crate::case::{CaseId, PostalKind, Purpose};
use crate::db::schema::{case_files, letters_owed, messages};
use crate::db::{Conn, DbError};

/// A letter to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub(super) struct Owed {
    /// The e-mail that has left.
    pub(super) outbox: i64,
    /// Its case.
    pub(super) case: i64,
    /// What letter it was.
    pub(super) kind: PostalKind,
    /// When it left, UTC.
    pub(super) left_at: DateTime<Utc>,
}

/// Notes, in the transaction of the hand-over, that a letter is to be made of this e-mail, if it is
/// one. The letter of an answer was made when it was sent; one that leaves again has its letter.
pub(super) async fn owe(
    conn: &mut Conn,
    case: CaseId,
    (purpose, outbox): (Purpose, i64),
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let kind = match purpose {
        Purpose::Acknowledgement => PostalKind::Acknowledgement,
        Purpose::Requalification => PostalKind::Requalification,
        Purpose::Message if is_letter(conn, case, outbox).await? => PostalKind::Message,
        Purpose::Message
        | Purpose::Receipt
        | Purpose::Copy
        | Purpose::Answer
        | Purpose::Notice
        | Purpose::LostCode
        | Purpose::Withdrawal
        | Purpose::AddressToConfirm
        | Purpose::AddressChanged => return Ok(()),
    };
    let made = case_files::table.filter(case_files::outbox_id.eq(outbox));
    if diesel::select(exists(made)).get_result(conn).await? {
        return Ok(());
    }
    diesel::insert_into(letters_owed::table)
        .values((
            letters_owed::outbox_id.eq(outbox),
            letters_owed::case_id.eq(case.0),
            letters_owed::kind.eq(kind),
            letters_owed::left_at.eq(at),
            letters_owed::not_before.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(drop)
}

/// Whether the message of this e-mail is a letter, and not a word of a conversation.
async fn is_letter(conn: &mut Conn, case: CaseId, outbox: i64) -> Result<bool, DbError> {
    let letters = [
        MessageKind::Asked,
        MessageKind::HoldingLetter,
        MessageKind::Transfer,
    ];
    let its_message = messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::outbox_id.eq(outbox))
        .filter(messages::kind.eq_any(letters));
    diesel::select(exists(its_message)).get_result(conn).await
}

/// The next letter to make, if one is due.
pub(super) async fn next(conn: &mut Conn, at: DateTime<Utc>) -> Result<Option<Owed>, DbError> {
    letters_owed::table
        .filter(letters_owed::not_before.le(at))
        .order((letters_owed::not_before, letters_owed::outbox_id))
        .select((
            letters_owed::outbox_id,
            letters_owed::case_id,
            letters_owed::kind,
            letters_owed::left_at,
        ))
        .first(conn)
        .await
        .optional()
}

/// Takes a letter off the list, in the transaction that keeps it; false when another node has.
pub(super) async fn settle(conn: &mut Conn, owed: Owed) -> Result<bool, DbError> {
    let n_settled = diesel::delete(letters_owed::table.find(owed.outbox))
        .execute(conn)
        .await?;
    Ok(n_settled == 1)
}

/// Has a letter that could not be made wait until then.
pub(super) async fn put_off(
    conn: &mut Conn,
    owed: Owed,
    until: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::update(letters_owed::table.find(owed.outbox))
        .set(letters_owed::not_before.eq(until))
        .execute(conn)
        .await
        .map(drop)
}
