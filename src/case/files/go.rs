//! Files that go with what is sent: the filing of a draft, or a message on a case.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::draft::DraftId;
use crate::case::files::{FileAuthor, FileStage};
use crate::case::{CaseId, events};
use crate::db::schema::{case_files, cases, uploads};
use crate::db::{Condition, Conn, DbError, Fixed};
use crate::files::ScanState;
use crate::journal::{self, Actor};
use crate::keys::keyed_digest;

/// The files of a draft become the case's; to be called in the transaction that files, once the
/// draft is marked as sent: a file that arrives meanwhile then finds it closed.
///
/// # Errors
/// When the database fails.
pub async fn file_with_case(
    conn: &mut Conn,
    draft: DraftId,
    (case, secret): (CaseId, &[u8]),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let filed: Vec<i64> =
        diesel::update(case_files::table.filter(case_files::draft_id.eq(draft.0)))
            .set((
                case_files::draft_id.eq(None::<uuid::Uuid>),
                case_files::case_id.eq(case.0),
                case_files::stage.eq(FileStage::Filed),
            ))
            .returning(case_files::upload)
            .get_results(conn)
            .await?;
    tell(conn, case, (&filed, secret), (actor, at)).await
}

/// The files of `author` that wait on this case go with the message `message`; to be called in the
/// transaction that writes it. Holds the case, whose journal tells of each. Returns how many go.
///
/// # Errors
/// When the database fails.
pub async fn send_pending(
    conn: &mut Conn,
    (case, author): (CaseId, FileAuthor),
    message: i64,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    let secret = hold(conn, case).await?;
    let sent: Vec<i64> = diesel::update(case_files::table.filter(waiting_of(case, author)))
        .set((
            case_files::stage.eq(FileStage::Sent),
            case_files::message_id.eq(message),
        ))
        .returning(case_files::upload)
        .get_results(conn)
        .await?;
    let actor = match author {
        FileAuthor::Person => Actor::Person,
        FileAuthor::Staff(id) => Actor::Staff(id.0),
    };
    tell(conn, case, (&sent, &secret), (actor, at)).await?;
    Ok(sent.len())
}

/// The names of the files of `author` that wait on this case, in the order they were added.
///
/// # Errors
/// When the database fails.
pub async fn waiting_names(
    conn: &mut Conn,
    case: CaseId,
    author: FileAuthor,
) -> Result<Vec<String>, DbError> {
    case_files::table
        .inner_join(uploads::table)
        .filter(waiting_of(case, author))
        .order(case_files::upload.asc())
        .select(uploads::name)
        .load(conn)
        .await
}

/// The files of `author` that wait on this case, and go with nothing yet.
pub(super) fn waiting_of(case: CaseId, author: FileAuthor) -> Fixed {
    let waiting = Condition::of(
        "case_files.stage = 'pending' AND case_files.answer_id IS NULL AND case_files.case_id = ",
    )
    .id(case.0);
    match author.id() {
        Some(id) => waiting.words(" AND case_files.author_id = ").id(id),
        None => waiting.words(" AND case_files.author_id IS NULL"),
    }
    .fixed()
}

/// Holds the case, whose journal tells of its files, and returns its secret.
pub(super) async fn hold(conn: &mut Conn, case: CaseId) -> Result<Vec<u8>, DbError> {
    let secret: Option<Vec<u8>> = cases::table
        .find(case.0)
        .select(cases::secret)
        .for_no_key_update()
        .first(conn)
        .await?;
    Ok(secret.unwrap_or_default())
}

/// One line in the journal for each file, in the order they were added.
pub(super) async fn tell(
    conn: &mut Conn,
    case: CaseId,
    (files, secret): (&[i64], &[u8]),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    if files.is_empty() {
        return Ok(());
    }
    let digests: Vec<(i64, Option<Vec<u8>>, ScanState)> = uploads::table
        .filter(uploads::id.eq_any(files))
        .order(uploads::id.asc())
        .select((uploads::id, uploads::sha256, uploads::scan))
        .load(conn)
        .await?;
    for (file, sha256, scan) in digests {
        let digest = keyed_digest(secret, &[&sha256.unwrap_or_default()]);
        let entry = events::file_added(file, scan, &digest);
        journal::append(conn, case.0, entry, actor, at).await?;
    }
    Ok(())
}
