//! What is joined to an e-mail: taken as files through the checks of every file, or refused and told.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::incoming::fit::Fitting;
use crate::case::incoming::{IncomingId, Refusal};
use crate::db::schema::incoming_pieces;
use crate::db::{Conn, DbError, Pool};
use crate::files::{self, FileId, FileName, Format, Incoming, ReceiveError, Received, Refused};
use crate::mail::incoming::{Mail, Piece};

/// What became of a piece.
pub(super) struct Taken {
    name: FileName,
    declared: String,
    size: usize,
    file: Option<Received>,
    refusal: Option<Refusal>,
}

impl Taken {
    /// The transaction that records it is done.
    pub(super) fn kept(self) {
        if let Some(file) = self.file {
            file.kept();
        }
    }
}

/// Takes the pieces of an e-mail as files of at most `max` bytes.
///
/// # Errors
/// When one could not be kept; none is then.
pub(super) async fn receive(
    pool: &Pool,
    mail: &Mail,
    (max, at): (u64, DateTime<Utc>),
) -> Result<Vec<Taken>, ReceiveError> {
    let mut taken = Vec::new();
    for piece in &mail.pieces {
        let mut one = listed(piece);
        match receive_one(pool, piece, (max, at)).await {
            Ok(file) => one.file = Some(file),
            Err(ReceiveError::Refused(refused)) => one.refusal = Some(refused.into()),
            Err(error) => return Err(error),
        }
        taken.push(one);
    }
    Ok(taken)
}

async fn receive_one(
    pool: &Pool,
    piece: &Piece,
    (max, at): (u64, DateTime<Utc>),
) -> Result<Received, ReceiveError> {
    let name = FileName::parse(&piece.name);
    let mut incoming = Incoming::begin(pool, name, max, at).map_err(ReceiveError::from)?;
    if piece.bytes.is_empty() {
        return Err(Refused::Empty.into());
    }
    incoming.push(&piece.bytes).await?;
    incoming.finish().await
}

/// The pieces of an e-mail that is answered by nobody: they stay in the original.
pub(super) fn list(mail: &Mail) -> Vec<Taken> {
    mail.pieces.iter().map(listed).collect()
}

fn listed(piece: &Piece) -> Taken {
    Taken {
        name: FileName::parse(&piece.name),
        declared: piece.declared.clone(),
        size: piece.bytes.len(),
        file: None,
        refusal: None,
    }
}

/// Notes the pieces, and returns the files among them.
pub(super) async fn record(
    conn: &mut Conn,
    mail: IncomingId,
    pieces: &[Taken],
    at: DateTime<Utc>,
) -> Result<Vec<FileId>, DbError> {
    let mut taken = Vec::new();
    for (n, piece) in (1_i32..).zip(pieces) {
        if let Some(file) = &piece.file {
            file.record(conn, at).await?;
            taken.push(file.file());
        }
        diesel::insert_into(incoming_pieces::table)
            .values((
                incoming_pieces::mail_id.eq(mail.0),
                incoming_pieces::n.eq(n),
                incoming_pieces::name.eq(piece.name.as_str()),
                incoming_pieces::declared.eq(&piece.declared),
                incoming_pieces::size.eq(i64::try_from(piece.size).unwrap_or(i64::MAX)),
                incoming_pieces::upload.eq(piece.file.as_ref().map(|file| file.file().0)),
                incoming_pieces::refusal.eq(piece.refusal),
            ))
            .execute(conn)
            .await?;
    }
    Ok(taken)
}

/// What a text is called that was cut in its case, and is kept whole beside it.
const WHOLE: &str = "courriel-entier.txt";

/// Keeps a text whole that was cut.
pub(super) async fn keep_whole(
    conn: &mut Conn,
    fitting: &Fitting,
    whole: &str,
    at: DateTime<Utc>,
) -> Result<Option<FileId>, DbError> {
    if !fitting.is_cut {
        return Ok(None);
    }
    let name = FileName::parse(WHOLE);
    let kept = files::keep(conn, (&name, Format::Txt), whole.as_bytes(), at);
    kept.await.map(Some)
}
