//! What staff decide on an e-mail.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use crate::case::incoming::{self, Attached, FileError, IncomingId};
use crate::case::motive::Motive;
use crate::case::sight::{self, Unseen};
use crate::case::{CaseId, Reference, dossier};
use crate::db::Conn;
use crate::staff::Right;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::incoming::mail::{MailPage, Typed, address};
use crate::web::{AppError, AppState, html, urls};

/// Where a refusal is shown, and its words.
type Refusal = (&'static str, &'static str);

const NO_CASE: Refusal = (
    "dossier",
    "Indiquez la référence d’un dossier, par exemple ASK-2026-000123-T.",
);
const UNSEEN: Refusal = ("dossier", "Aucun dossier ne porte cette référence.");
const DONE: Refusal = ("courriel", "Ce courriel a déjà été traité.");
const NO_SENDER: Refusal = (
    "courriel",
    "Ce courriel n’a pas d’adresse à laquelle répondre\u{202f}: enregistrez le dossier à la main.",
);
const NOT_THE_PERSONS: Refusal = (
    "courriel",
    "Ce courriel vient d’Asekkey ou d’un serveur de messagerie\u{202f}: l’accusé de réception \
     n’irait pas à la personne. Enregistrez le dossier en son nom.",
);
const NO_TEXT: Refusal = (
    "courriel",
    "Ce courriel ne dit rien qu’un dossier puisse contenir\u{202f}: enregistrez le dossier à la main.",
);
const NO_MOTIVE: Refusal = (
    "motif",
    "Indiquez le motif, en 2\u{202f}000\u{a0}caractères au plus.",
);

/// POST `/gestion/courriels/recus/{courriel}/rattachement`.
pub(in crate::web::staff) async fn attach(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Typed>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let (id, form) = (IncomingId(*id), form.0);
    let mut conn = readable(&state, &current, id).await?;
    let case = match case_of(&mut conn, &state, &current, &form.dossier).await? {
        Ok(case) => case,
        Err(refusal) => {
            drop(conn);
            return refused(&state, &current, id, (form, refusal)).await;
        }
    };
    let by = (current.id(), state.clock.now());
    let is_vouched_for = form.auteur == "oui";
    let done = incoming::attach(&mut conn, id, (case, is_vouched_for), by).await;
    drop(conn);
    match done {
        Ok(attached) => {
            let what = match attached {
                Attached::AsMessage => "message",
                Attached::ForStaff => "interne",
            };
            Ok(html::see_other(&format!("{}?fait={what}", address(id))))
        }
        Err(error) => refused(&state, &current, id, (form, told(error)?)).await,
    }
}

/// POST `/gestion/courriels/recus/{courriel}/ouverture`: leads to the new case.
pub(in crate::web::staff) async fn open(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Typed>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let (id, form) = (IncomingId(*id), form.0);
    let mut conn = readable(&state, &current, id).await?;
    let by = (current.id(), state.clock.now());
    match incoming::open(&mut conn, &state.office, id, by).await {
        Ok(case) => {
            state.outbox_bell.notify_one();
            let dossier = dossier::by_id(&mut conn, case).await?;
            let reference = dossier.case.reference();
            Ok(html::see_other(&format!(
                "{}/{reference}",
                urls::STAFF_CASES
            )))
        }
        Err(error) => {
            drop(conn);
            refused(&state, &current, id, (form, told(error)?)).await
        }
    }
}

/// POST `/gestion/courriels/recus/{courriel}/mise-de-cote`.
pub(in crate::web::staff) async fn set_aside(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<Typed>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::EnterCases)?;
    let (id, form) = (IncomingId(*id), form.0);
    let Ok(motive) = Motive::parse(&form.motif) else {
        return refused(&state, &current, id, (form, NO_MOTIVE)).await;
    };
    let mut conn = readable(&state, &current, id).await?;
    let by = (current.id(), state.clock.now());
    let done = incoming::set_aside(&mut conn, id, &motive, by).await;
    drop(conn);
    match done {
        Ok(()) => Ok(html::see_other(&format!(
            "{}?fait=mise-de-cote",
            urls::STAFF_INCOMING
        ))),
        Err(error) => refused(&state, &current, id, (form, told(error)?)).await,
    }
}

/// A connection, once it is certain that they may read the e-mail.
async fn readable(
    state: &AppState,
    current: &CurrentStaff,
    id: IncomingId,
) -> Result<crate::db::PooledConn, AppError> {
    let mut conn = state.pool.get().await?;
    let _read = incoming::read(&mut conn, id, current.viewer(state)).await?;
    Ok(conn)
}

/// The case that was typed, if they may see it.
async fn case_of(
    conn: &mut Conn,
    state: &AppState,
    current: &CurrentStaff,
    typed: &str,
) -> Result<Result<CaseId, Refusal>, AppError> {
    let Some(reference) = Reference::parse(typed) else {
        return Ok(Err(NO_CASE));
    };
    match sight::open(conn, reference, current.viewer(state)).await {
        Ok(case) => Ok(Ok(case)),
        Err(Unseen::NotThere | Unseen::Sensitive | Unseen::Archived) => Ok(Err(UNSEEN)),
        Err(Unseen::Database(error)) => Err(error.into()),
    }
}

fn told(error: FileError) -> Result<Refusal, AppError> {
    match error {
        FileError::AlreadyDone => Ok(DONE),
        FileError::NoSender => Ok(NO_SENDER),
        FileError::NotThePersons => Ok(NOT_THE_PERSONS),
        FileError::NoText => Ok(NO_TEXT),
        FileError::Database(error) => Err(error.into()),
        FileError::Notify(error) => Err(error.into()),
    }
}

async fn refused(
    state: &AppState,
    current: &CurrentStaff,
    id: IncomingId,
    (typed, (field, message)): (Typed, Refusal),
) -> Result<HttpResponse, AppError> {
    let mut page = MailPage::read(state, current, id).await?;
    page.errors.push(field, message);
    page.typed = typed;
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
