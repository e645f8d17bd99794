//! The files of a case: as its page lists them, and each to download.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::case::files::{self, FileAuthor, FileStage};
use crate::case::sight;
use crate::files::FileId;
use crate::staff::Right;
use crate::web::staff::cases::desk::parse_reference;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::moment::Moment;
use crate::web::upload::FileLine;
use crate::web::{AppError, AppState, download};

/// A file, who sent it and when.
pub(super) struct CaseFileLine {
    pub(super) line: FileLine,
    pub(super) by: String,
    pub(super) moment: Moment,
    /// A letter that has not left: the person does not see it yet.
    pub(super) is_prepared: bool,
    /// A letter of ours, made here: no scanner has anything to say of it.
    pub(super) is_letter: bool,
    /// Of a letter that was posted: the person does not see it.
    pub(super) is_proof: bool,
}

/// The files of the case, in the order they came.
pub(super) fn lines(loaded: &Loaded, has_scanner: bool) -> Vec<CaseFileLine> {
    loaded
        .files
        .iter()
        .map(|file| CaseFileLine {
            line: FileLine::new(file, has_scanner),
            by: match file.author {
                Some(FileAuthor::Person) => "la personne".to_owned(),
                Some(FileAuthor::Staff(id)) => loaded.colleagues.name(id).to_owned(),
                None => "lettre partie par courriel".to_owned(),
            },
            moment: Moment::of(file.added_at),
            is_prepared: file.stage == FileStage::Prepared,
            is_letter: file.letter.is_some(),
            is_proof: file.stage == FileStage::Proof,
        })
        .collect()
}

/// GET `/gestion/dossiers/{reference}/pieces/{file}`: to be saved, never shown by the browser.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Path<(String, i64)>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let (reference, file) = asked.into_inner();
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let case = sight::open(&mut conn, reference, current.viewer(&state)).await?;
    let file = files::find_for_staff(&mut conn, case, FileId(file)).await?;
    download::answer(&state, &file)
}
