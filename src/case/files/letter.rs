//! Letters as they are printed: files of the case that we made. One is given to the person once it
//! has left, and never changes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::dossier::digest;
use crate::case::files::FileStage;
use crate::case::{CaseId, PostalKind, StaffId};
use crate::db::schema::{case_files, uploads};
use crate::db::{Conn, DbError};
use crate::files::{self, FileId, FileName, Format};
use crate::journal::Hash;
use crate::letters::Typeset;

/// What a letter leaves for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::case) enum LeavesAs {
    /// A reasoned answer.
    Answer(i64),
    /// A letter that someone must post.
    Task(i64, PostalKind),
    /// An e-mail that has left.
    Email(i64, PostalKind),
}

/// A letter that has been set.
#[derive(Clone, Copy, Debug)]
pub(in crate::case) struct NewLetter<'a> {
    /// What it leaves for.
    pub(in crate::case) leaves_as: LeavesAs,
    /// What its file is called.
    pub(in crate::case) name: &'a str,
    /// Its pages.
    pub(in crate::case) set: &'a Typeset,
}

/// A letter that is kept.
#[derive(Clone, Copy, Debug)]
pub(in crate::case) struct KeptLetter {
    /// Its file.
    pub(in crate::case) file: FileId,
    /// The digest of its pages that the journal tells.
    pub(in crate::case) digest: Hash,
}

/// Keeps a letter with its case; unless an e-mail has carried it, it has not left yet. Nobody adds what
/// the program makes by itself.
pub(in crate::case) async fn keep_letter(
    conn: &mut Conn,
    (case, secret): (CaseId, Option<&[u8]>),
    new: NewLetter<'_>,
    (by, at): (Option<StaffId>, DateTime<Utc>),
) -> Result<KeptLetter, DbError> {
    let (kind, answer, task, email) = match new.leaves_as {
        LeavesAs::Answer(id) => (PostalKind::Answer, Some(id), None, None),
        LeavesAs::Task(id, kind) => (kind, None, Some(id), None),
        LeavesAs::Email(id, kind) => (kind, None, None, Some(id)),
    };
    let stage = match email {
        Some(_) => FileStage::Sent,
        None => FileStage::Prepared,
    };
    let name = FileName::parse(new.name);
    let file = files::keep_ours(conn, &name, Format::Pdf, &new.set.pdf, at).await?;
    diesel::insert_into(case_files::table)
        .values((
            case_files::upload.eq(file.0),
            case_files::case_id.eq(case.0),
            case_files::author_id.eq(by.map(|by| by.0)),
            case_files::stage.eq(stage),
            case_files::letter.eq(kind),
            case_files::answer_id.eq(answer),
            case_files::postal_task.eq(task),
            case_files::outbox_id.eq(email),
            case_files::added_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(KeptLetter {
        file,
        digest: digest(secret, &new.set.pdf),
    })
}

/// Erases the letter of an answer that did not leave: the next one is another.
pub(in crate::case) async fn drop_letter(conn: &mut Conn, answer: i64) -> Result<(), DbError> {
    let its_letter = case_files::table
        .filter(case_files::answer_id.eq(answer))
        .filter(case_files::letter.is_not_null())
        .select(case_files::upload);
    diesel::delete(uploads::table.filter(uploads::id.eq_any(its_letter)))
        .execute(conn)
        .await
        .map(drop)
}

/// The letter has left: its person finds it on the page of the case from now on. Returns when its
/// pages were made, if they were.
pub(in crate::case) async fn letter_left(
    conn: &mut Conn,
    left: LeavesAs,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let prepared = case_files::table
        .filter(case_files::stage.eq(FileStage::Prepared))
        .into_boxed();
    let its_letter = match left {
        LeavesAs::Answer(id) => prepared.filter(case_files::answer_id.eq(id)),
        LeavesAs::Task(id, _) => prepared.filter(case_files::postal_task.eq(id)),
        LeavesAs::Email(id, _) => prepared.filter(case_files::outbox_id.eq(id)),
    };
    let its_letter = its_letter.select(case_files::upload);
    diesel::update(case_files::table.filter(case_files::upload.eq_any(its_letter)))
        .set(case_files::stage.eq(FileStage::Sent))
        .returning(case_files::added_at)
        .get_result(conn)
        .await
        .optional()
}
