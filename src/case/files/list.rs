//! The files of a draft or of a case, as pages list them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::dossier::{CaseRow, DatesRow, Dossier, FilingRow, Topic};
use crate::case::draft::DraftId;
use crate::case::evaluate::Evaluation;
use crate::case::files::{FileAuthor, FileStage};
use crate::case::particulars::{self, Particulars};
use crate::case::requalification::Requalification;
use crate::case::sight::{self, Unseen, Viewer};
use crate::case::{CaseId, PostalKind, Reference, StaffId};
use crate::db::schema::{
    case_files, cases, evaluations, filings, legal_dates, products, requalifications, subjects,
    uploads,
};
use crate::db::{Conn, DbError};
use crate::files::{FileId, Format, ScanState};

/// A file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Its id.
    pub id: FileId,
    /// Who added it; none for a letter that the program made by itself.
    pub author: Option<FileAuthor>,
    /// Where it stands.
    pub stage: FileStage,
    /// The message it was sent with.
    pub message: Option<i64>,
    /// The answer it goes with.
    pub answer: Option<i64>,
    /// What it is posted for, for a letter.
    pub postal_task: Option<i64>,
    /// The e-mail by which it left, for a letter that no answer is.
    pub outbox: Option<i64>,
    /// What letter it is, when it is one of ours.
    pub letter: Option<PostalKind>,
    /// When it was added, UTC.
    pub added_at: DateTime<Utc>,
    /// The sender's name of it, safe to show.
    pub name: String,
    /// Its format, seen in the bytes.
    pub format: Format,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of the original.
    pub sha256: Vec<u8>,
    /// What the scanner said.
    pub scan: ScanState,
}

impl CaseFile {
    /// Whether it may be given out: never when infected, nor while a scanner is still to look.
    pub fn may_be_served(&self, has_scanner: bool) -> bool {
        self.scan.may_be_served(has_scanner)
    }
}

/// The files of a draft, in the order they were added.
///
/// # Errors
/// When the database fails.
pub async fn of_draft(conn: &mut Conn, draft: DraftId) -> Result<Vec<CaseFile>, DbError> {
    let rows: Vec<Row> = case_files::table
        .inner_join(uploads::table)
        .filter(case_files::draft_id.eq(draft.0))
        .order(case_files::upload.asc())
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(CaseFile::try_from).collect()
}

/// The files of a case, in the order they were added: filed, sent with a message, letters that have
/// left, and those of `pending` that wait for theirs. A page that shows nobody's waiting files passes none.
///
/// # Errors
/// When the database fails.
pub async fn of_case(
    conn: &mut Conn,
    case: CaseId,
    pending: Option<FileAuthor>,
) -> Result<Vec<CaseFile>, DbError> {
    let rows: Vec<Row> = case_files::table
        .inner_join(uploads::table)
        .filter(case_files::case_id.eq(case.0))
        .order(case_files::upload.asc())
        .select(Row::as_select())
        .load(conn)
        .await?;
    let files = rows.into_iter().map(CaseFile::try_from);
    let is_shown = |file: &CaseFile| match file.stage {
        FileStage::Draft | FileStage::Filed | FileStage::Sent => true,
        FileStage::Pending => file.author == pending,
        FileStage::Prepared | FileStage::Proof => false,
    };
    files
        .filter(|file| file.as_ref().map_or(true, is_shown))
        .collect()
}

/// A case, its files, those that wait included, and its particulars.
pub type Whole = (Dossier, Vec<CaseFile>, Particulars);

/// The case that a reference names, for a page of the back office that reads much else: in one statement.
///
/// # Errors
/// Why the viewer does not see it.
pub async fn with_dossier(
    conn: &mut Conn,
    reference: Reference,
    viewer: Viewer,
) -> Result<Whole, Unseen> {
    let rows = dossier_rows(conn, reference.case(), viewer).await?;
    let mut found = None;
    let mut files = Vec::new();
    for (
        case,
        filing,
        dates,
        (product, subject),
        evaluation,
        requalification,
        link,
        content,
        (seen, particulars),
    ) in rows
    {
        if let Some((link, content)) = link.zip(content) {
            files.push(CaseFile::try_from(Row { link, content })?);
        }
        let dossier = Dossier {
            case,
            filing,
            dates,
            topic: Topic { product, subject },
            evaluation,
            requalification,
        };
        found.get_or_insert((dossier, seen, particulars));
    }
    let (dossier, seen, particulars) = found
        .filter(|(dossier, ..)| dossier.case.reference() == reference)
        .ok_or(Unseen::NotThere)?;
    let mut particulars = particulars::read(particulars)?;
    particulars.is_archived = sight::judge(viewer, seen)?;
    Ok((dossier, files, particulars))
}

/// What a product and a subject are called.
type Labels = (Option<String>, Option<String>);
/// A case and one of its files, or none.
type Columns = (
    CaseRow,
    FilingRow,
    DatesRow,
    Labels,
    Option<Evaluation>,
    Option<Requalification>,
    Option<Link>,
    Option<Content>,
    ((bool, bool, bool), serde_json::Value),
);

async fn dossier_rows(
    conn: &mut Conn,
    case: CaseId,
    viewer: Viewer,
) -> Result<Vec<Columns>, DbError> {
    let its_last = requalifications::case_id
        .eq(cases::id)
        .and(requalifications::is_last);
    let its_files = case_files::table.inner_join(uploads::table);
    cases::table
        .inner_join(filings::table)
        .inner_join(legal_dates::table)
        .left_join(evaluations::table)
        .left_join(products::table.on(cases::product.eq(products::code.nullable())))
        .left_join(subjects::table.on(cases::subject.eq(subjects::code.nullable())))
        .left_join(requalifications::table.on(its_last))
        .left_join(its_files.on(case_files::case_id.eq(cases::id.nullable())))
        .filter(cases::id.eq(case.0))
        .order(case_files::upload.asc())
        .select((
            CaseRow::as_select(),
            FilingRow::as_select(),
            DatesRow::as_select(),
            (products::label.nullable(), subjects::label.nullable()),
            Option::<Evaluation>::as_select(),
            Option::<Requalification>::as_select(),
            Option::<Link>::as_select(),
            Option::<Content>::as_select(),
            (sight::columns(viewer), particulars::column(viewer)),
        ))
        .load(conn)
        .await
}

/// A row of `case_files` and its `uploads`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = case_files, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    #[diesel(embed)]
    link: Link,
    #[diesel(embed)]
    content: Content,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = case_files, check_for_backend(diesel::pg::Pg))]
pub(super) struct Link {
    upload: i64,
    author_id: Option<i64>,
    stage: FileStage,
    message_id: Option<i64>,
    answer_id: Option<i64>,
    postal_task: Option<i64>,
    outbox_id: Option<i64>,
    letter: Option<PostalKind>,
    added_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = uploads, check_for_backend(diesel::pg::Pg))]
pub(super) struct Content {
    name: String,
    format: Format,
    size: Option<i64>,
    sha256: Option<Vec<u8>>,
    scan: ScanState,
}

impl TryFrom<Row> for CaseFile {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let Row { link, content } = row;
        let (size, sha256) = content
            .size
            .and_then(|size| u64::try_from(size).ok())
            .zip(content.sha256)
            .ok_or_else(|| DbError::DeserializationError("a file that has not arrived".into()))?;
        Ok(Self {
            id: FileId(link.upload),
            author: match link.author_id {
                Some(id) => Some(FileAuthor::Staff(StaffId(id))),
                None if link.outbox_id.is_some() => None,
                None => Some(FileAuthor::Person),
            },
            stage: link.stage,
            message: link.message_id,
            answer: link.answer_id,
            postal_task: link.postal_task,
            outbox: link.outbox_id,
            letter: link.letter,
            added_at: link.added_at,
            name: content.name,
            format: content.format,
            size,
            sha256,
            scan: content.scan,
        })
    }
}
