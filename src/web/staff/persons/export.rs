//! GET `/gestion/personnes/{demande}/copie/{reference}`: all that is held on the person of a case, to
//! read and as data.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::case::{dossier, persons};
use crate::staff::Right;
use crate::web::public::following::archive;
use crate::web::staff::cases::desk::parse_reference;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::persons::request::theirs;
use crate::web::{AppError, AppState};

/// GET: the archive of the person, and `donnees.json`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    asked: Path<(i64, String)>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ServePersons)?;
    let (id, reference) = asked.into_inner();
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let request = persons::one(&mut conn, id).await?;
    theirs(&mut conn, &request, reference, current.viewer(&state)).await?;
    let dossier = dossier::by_reference(&mut conn, reference).await?;
    let held = persons::held(&mut conn, dossier.case.id()).await?;
    let json =
        serde_json::to_string_pretty(&held).map_err(|error| AppError::Internal(error.into()))?;
    let more = vec![("donnees.json", json)];
    archive::of_dossier(&state, &mut conn, dossier, more).await
}
