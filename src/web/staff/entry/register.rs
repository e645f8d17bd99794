//! POST `/gestion/dossiers/nouveau/{brouillon}`: registers it, once.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Deserialize;

use crate::case::draft::{DraftId, ReadDraft};
use crate::case::entry;
use crate::case::{NotifyError, Reference};
use crate::db::{Conn, DbError};
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::entry::check::{CheckPage, Read, read};
use crate::web::staff::entry::{check_address, parse_draft};
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html, urls};

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct RegisterForm {
    /// Of the draft, as it was shown.
    version: i32,
    /// That a date of long ago is no slip.
    #[serde(default)]
    ancien: String,
}

/// POST.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    draft: Path<String>,
    form: StaffForm<RegisterForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let id = parse_draft(&draft)?;
    let mut conn = state.pool.get().await?;
    let checked = match read(&mut conn, &state, &current, id).await? {
        Read::Ready(checked) => checked,
        Read::Elsewhere(answer) => return Ok(answer),
    };
    let shown = form.0;
    if checked.draft.version != shown.version {
        return Ok(changed(id));
    }
    if checked.by_hand.dated.is_old(state.today()) && shown.ancien != "oui" {
        let mut page = CheckPage::new(&state, &current, *checked);
        page.errors.push("ancien", OLD);
        return html::page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let read = ReadDraft {
        id,
        version: Some(shown.version),
    };
    let (by, now) = ((read, current.id()), state.clock.now());
    match entry::enter(&mut conn, &state.office, by, &checked.by_hand, now).await {
        Ok(filed) => {
            state.outbox_bell.notify_one();
            Ok(see_case(&filed.reference, "enregistrement"))
        }
        Err(NotifyError::Database(DbError::RollbackTransaction)) => Ok(changed(id)),
        Err(error) => Err(error.into()),
    }
}

const OLD: &str = "Confirmez la date, ou corrigez-la\u{202f}: elle remonte à plus de deux ans.";

/// The draft was typed in again since it was shown.
fn changed(id: DraftId) -> HttpResponse {
    html::see_other(&format!("{}?fait=change", check_address(id)))
}

/// The case that the draft became, when it is sent again.
pub(super) async fn again(conn: &mut Conn, id: DraftId) -> Result<HttpResponse, AppError> {
    let reference = entry::registered(conn, id).await?;
    Ok(see_case(&reference, "deja-enregistre"))
}

fn see_case(reference: &Reference, done: &str) -> HttpResponse {
    html::see_other(&format!("{}?fait={done}", urls::staff_case(reference)))
}

/// On the page of the case, that it was registered; another code says nothing.
pub(in crate::web::staff) fn notice(code: &str) -> Option<&'static str> {
    match code {
        "enregistrement" => Some("Le dossier est enregistré."),
        "deja-enregistre" => Some(
            "Ce formulaire était déjà enregistré\u{202f}: voici son dossier, rien n’y a été ajouté.",
        ),
        _ => None,
    }
}
