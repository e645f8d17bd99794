//! One e-mail, as its page shows it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::StaffId;
use crate::case::incoming::list::{Listed, Row};
use crate::case::incoming::readable::readable;
use crate::case::incoming::{IncomingId, Refusal, State};
use crate::case::sight::Viewer;
use crate::db::schema::{cases, incoming_mails, incoming_pieces, uploads};
use crate::db::{Conn, DbError};
use crate::files::{FileId, Format, ScanState};

/// An e-mail with its text and its pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What the lists show of it.
    pub listed: Listed,
    /// What is kept beside.
    pub letter: Letter,
    /// What it is to its case, if it has one.
    pub part: Option<Part>,
    /// What is joined.
    pub pieces: Vec<PieceRow>,
}

/// What an e-mail is to its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The case began with it.
    Opened,
    /// A message of its person.
    Message,
    /// Staff alone read it.
    ForStaff,
}

/// What is kept of an e-mail beside its headers.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = incoming_mails, check_for_backend(diesel::pg::Pg))]
pub struct Letter {
    /// Its text, maybe blank.
    pub body: String,
    /// When it was written, UTC.
    pub written_at: Option<DateTime<Utc>>,
    /// Bytes of the whole.
    pub size: i64,
    /// Whether all of it is kept.
    pub is_whole: bool,
    /// Why staff set it aside.
    pub motive: Option<String>,
    /// What it is in the thread of its case.
    message_id: Option<i64>,
    decided_by: Option<i64>,
    /// When staff decided on it, UTC.
    pub decided_at: Option<DateTime<Utc>>,
    upload: i64,
}

impl Letter {
    /// Who decided on it.
    pub fn decided_by(&self) -> Option<StaffId> {
        self.decided_by.map(StaffId)
    }

    /// What it is to its case, entered at that instant.
    fn part(&self, state: State, entered_at: DateTime<Utc>) -> Part {
        let opened_it = self.decided_at.is_none_or(|at| at == entered_at);
        match self.message_id {
            Some(_) => Part::Message,
            None if state == State::Filed && opened_it => Part::Opened,
            None => Part::ForStaff,
        }
    }

    /// The e-mail as it came.
    pub const fn original(&self) -> FileId {
        FileId(self.upload)
    }
}

/// A piece of an e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceRow {
    /// Its place, from 1.
    pub n: i32,
    /// What its sender calls it, safe to show.
    pub name: String,
    /// The type that its sender declares.
    pub declared: String,
    /// In bytes.
    pub size: i64,
    /// The file it was taken as.
    pub file: Option<FileRow>,
    /// Why it was not.
    pub refusal: Option<Refusal>,
}

/// A file, to be given out.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = uploads, check_for_backend(diesel::pg::Pg))]
pub struct FileRow {
    id: i64,
    /// Its name.
    pub name: String,
    /// What its bytes are.
    pub format: Format,
    /// In bytes.
    pub size: Option<i64>,
    /// What the scanner said.
    pub scan: ScanState,
}

impl FileRow {
    /// Its id.
    pub const fn id(&self) -> FileId {
        FileId(self.id)
    }
}

/// The year of the reference of a case, and when it was entered.
type OfCase = (i16, DateTime<Utc>);
/// The columns of a piece.
type Piece = (i32, String, String, i64, Option<Refusal>);

/// One e-mail, for someone who may read it.
///
/// # Errors
/// `NotFound` when there is none for them, or it is not understood yet; or the database fails.
pub async fn read(conn: &mut Conn, mail: IncomingId, viewer: Viewer) -> Result<Read, DbError> {
    let of_case = diesel::alias!(cases as of_case);
    let (row, of_its_case, letter): (Row, Option<OfCase>, Letter) = incoming_mails::table
        .left_join(
            of_case.on(of_case
                .field(cases::id)
                .nullable()
                .eq(incoming_mails::case_id)),
        )
        .filter(incoming_mails::id.eq(mail.0))
        // Whom it may be about is not known before.
        .filter(incoming_mails::state.ne(State::New))
        .filter(readable(viewer).fixed())
        .select((
            Row::as_select(),
            of_case
                .fields((cases::reference_year, cases::entered_at))
                .nullable(),
            Letter::as_select(),
        ))
        .first(conn)
        .await?;
    let listed = row.listed(of_its_case.map(|(year, _)| year));
    let part = of_its_case.map(|(_, entered_at)| letter.part(listed.state, entered_at));
    Ok(Read {
        listed,
        letter,
        part,
        pieces: pieces(conn, mail).await?,
    })
}

async fn pieces(conn: &mut Conn, mail: IncomingId) -> Result<Vec<PieceRow>, DbError> {
    let pieces: Vec<(Piece, Option<FileRow>)> = incoming_pieces::table
        .left_join(uploads::table)
        .filter(incoming_pieces::mail_id.eq(mail.0))
        .order(incoming_pieces::n.asc())
        .select((
            (
                incoming_pieces::n,
                incoming_pieces::name,
                incoming_pieces::declared,
                incoming_pieces::size,
                incoming_pieces::refusal,
            ),
            Option::<FileRow>::as_select(),
        ))
        .load(conn)
        .await?;
    let piece = |((n, name, declared, size, refusal), file)| PieceRow {
        n,
        name,
        declared,
        size,
        file,
        refusal,
    };
    Ok(pieces.into_iter().map(piece).collect())
}

/// The file that an e-mail is kept as.
///
/// # Errors
/// `NotFound` when there is none, or the database fails.
pub async fn original(conn: &mut Conn, letter: &Letter) -> Result<FileRow, DbError> {
    uploads::table
        .find(letter.upload)
        .select(FileRow::as_select())
        .first(conn)
        .await
}
