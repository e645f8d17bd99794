//! Keeping an e-mail as it came, before anything of it is understood.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::Nature;
use crate::case::incoming::IncomingId;
use crate::case::incoming::room::Position;
use crate::db::schema::incoming_mails;
use crate::db::{Conn, DbError};
use crate::files::{self, FileName, Format};
use crate::mail::incoming::key;

/// An e-mail as the server of the mailbox gives it.
#[derive(Clone, Copy)]
pub struct Fetched<'a> {
    /// Where it lies.
    pub position: Position<'a>,
    /// What its folder says it is.
    pub nature: Option<Nature>,
    /// Its bytes, at least one; their beginning if it is too large.
    pub raw: &'a [u8],
    /// Bytes of the whole.
    pub size: u64,
    /// When the server took it.
    pub received_at: DateTime<Utc>,
}

/// What became of an e-mail that was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is kept.
    Now(IncomingId),
    /// It was kept before, under this number or another.
    Before,
}

/// What an e-mail is called that is kept as it came.
const NAME: &str = "courriel.eml";

/// Keeps an e-mail. The same one, come by two ways or fetched twice, is kept once.
///
/// # Errors
/// When the database fails: it is to be fetched again then.
pub async fn store(
    conn: &mut Conn,
    mail: &Fetched<'_>,
    at: DateTime<Utc>,
) -> Result<Stored, DbError> {
    // Away from the threads that serve; one that could not be asked there is asked here.
    let raw = mail.raw.to_vec();
    let known_by = tokio::task::spawn_blocking(move || key(&raw)).await;
    let known_by = known_by.unwrap_or_else(|_| key(mail.raw));
    let stored = conn
        .transaction(async |conn| {
            let same = incoming_mails::table
                .filter(incoming_mails::mailbox.eq(mail.position.mailbox))
                .filter(incoming_mails::known_by.eq(known_by.as_slice()));
            if diesel::select(exists(same)).get_result(conn).await? {
                return Ok(Stored::Before);
            }
            let name = FileName::parse(NAME);
            let upload = files::keep(conn, (&name, Format::Eml), mail.raw, at).await?;
            let new: Option<i64> = diesel::insert_into(incoming_mails::table)
                .values((
                    incoming_mails::mailbox.eq(mail.position.mailbox),
                    incoming_mails::folder.eq(mail.position.folder),
                    incoming_mails::uid_validity.eq(i64::from(mail.position.uid_validity)),
                    incoming_mails::uid.eq(i64::from(mail.position.uid)),
                    incoming_mails::known_by.eq(known_by.as_slice()),
                    incoming_mails::upload.eq(upload.0),
                    incoming_mails::size.eq(i64::try_from(mail.size).unwrap_or(i64::MAX)),
                    incoming_mails::is_whole.eq(mail.size == n_bytes(mail.raw)),
                    incoming_mails::nature.eq(mail.nature),
                    incoming_mails::received_at.eq(mail.received_at.min(at)),
                    incoming_mails::stored_at.eq(at),
                    incoming_mails::next_attempt_at.eq(at),
                ))
                .on_conflict((incoming_mails::mailbox, incoming_mails::known_by))
                .do_nothing()
                .returning(incoming_mails::id)
                .get_result(conn)
                .await
                .optional()?;
            // Another node kept it meanwhile: nothing of ours stays.
            new.map(|id| Stored::Now(IncomingId(id)))
                .ok_or(DbError::RollbackTransaction)
        })
        .await;
    match stored {
        Err(DbError::RollbackTransaction) => Ok(Stored::Before),
        stored => stored,
    }
}

fn n_bytes(raw: &[u8]) -> u64 {
    u64::try_from(raw.len()).unwrap_or(u64::MAX)
}

/// Whether the e-mail under this number was kept before: it need not be fetched again.
///
/// # Errors
/// When the database fails.
pub async fn is_known(conn: &mut Conn, position: Position<'_>) -> Result<bool, DbError> {
    let known = incoming_mails::table
        .filter(incoming_mails::mailbox.eq(position.mailbox))
        .filter(incoming_mails::folder.eq(position.folder))
        .filter(incoming_mails::uid_validity.eq(i64::from(position.uid_validity)))
        .filter(incoming_mails::uid.eq(i64::from(position.uid)));
    diesel::select(exists(known)).get_result(conn).await
}
