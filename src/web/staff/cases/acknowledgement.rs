//! POST `/gestion/dossiers/{reference}/accuse-par-courrier`: the acknowledgement was posted.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::case::PostalKind;
use crate::web::staff::cases::posting::{self, PostingForm};
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState};

/// POST: asked for or not, the acknowledgement of a complaint can be posted.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<PostingForm>,
) -> Result<HttpResponse, AppError> {
    posting::record(
        state,
        current,
        &reference,
        form.0,
        PostalKind::Acknowledgement,
    )
    .await
}
