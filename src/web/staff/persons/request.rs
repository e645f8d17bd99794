//! One request: the person's cases, what can be done with each, and the answer.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::calendar::long_date;
use crate::case::erase::{self, EraseError};
use crate::case::persons::{self, Found, PersonRequest, Reason, SettleError, Settlement};
use crate::case::sight::{self, Viewer};
use crate::case::{CaseId, Reference, Status};
use crate::db::Conn;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::{Day, Remaining};
use crate::web::staff::persons::{desk, words};
use crate::web::staff::words as case_words;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/persons/request.html`.
#[derive(Template)]
#[template(path = "staff/persons/request.html")]
struct RequestPage {
    shell: Shell,
    errors: FormErrors,
    notice: Option<&'static str>,
    address: String,
    right: &'static str,
    person: String,
    received: Day,
    due: Day,
    left: Remaining,
    settled: Option<String>,
    reason: Option<String>,
    sought: String,
    cases: Vec<Case>,
    typed: AnswerForm,
    settlements: Vec<(&'static str, &'static str)>,
}

/// A case of the person.
struct Case {
    address: String,
    reference: String,
    person: String,
    standing: String,
    /// Whether it is of the person who asks.
    is_theirs: bool,
    can_be_erased: bool,
    is_restricted: bool,
}

/// What is posted to answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct AnswerForm {
    suite: String,
    motif: String,
}

/// What is posted to erase a case.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct EraseForm {
    dossier: String,
    confirme: String,
}

/// GET `/gestion/personnes/{demande}`, with `?cherche=` to look for the person otherwise.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ServePersons)?;
    let mut page = RequestPage::read(&state, &current, *id, asked.get("cherche")).await?;
    page.notice = match asked.get("fait").map(String::as_str) {
        Some("effacement") => Some("Le dossier est effacé."),
        Some("reponse") => Some("La réponse est notée."),
        _ => None,
    };
    html::page(StatusCode::OK, &page)
}

/// POST `/gestion/personnes/{demande}/reponse`.
pub(in crate::web::staff) async fn answer(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<AnswerForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ServePersons)?;
    let form = form.0;
    let mut errors = FormErrors::default();
    let settlement = Settlement::from_code(&form.suite);
    if settlement.is_none() {
        errors.push("suite", "Choisissez la suite donnée.");
    }
    let reason = Reason::optional(&form.motif);
    let is_owed = settlement.is_some_and(|suite| suite != Settlement::Granted);
    if reason.is_err() || (is_owed && reason == Ok(None)) {
        errors.push(
            "motif",
            "Indiquez le motif, en 2\u{202f}000\u{a0}caractères au plus\u{202f}: la personne y a droit.",
        );
    }
    if let (true, Some(settlement), Ok(reason)) = (errors.is_empty(), settlement, reason) {
        let mut conn = state.pool.get().await?;
        let by = (current.id(), state.clock.now());
        match persons::settle(&mut conn, *id, (settlement, reason.as_ref()), by).await {
            Ok(()) => return Ok(back(*id, "reponse")),
            Err(SettleError::NotOpen) => {
                errors.push(
                    "suite",
                    "Cette demande a déjà sa réponse, ou n’existe plus.",
                );
            }
            Err(SettleError::Database(error)) => return Err(error.into()),
        }
    }
    let mut page = RequestPage::read(&state, &current, *id, None).await?;
    (page.errors, page.typed) = (errors, form);
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// POST `/gestion/personnes/{demande}/effacement`: one case of the person.
pub(in crate::web::staff) async fn erase(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    form: StaffForm<EraseForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ServePersons)?;
    let reference = Reference::parse(&form.0.dossier).ok_or(AppError::NotFound)?;
    let mut conn = state.pool.get().await?;
    let request = persons::one(&mut conn, *id).await?;
    let message = if request.settlement.is_some() {
        "Cette demande a déjà sa réponse."
    } else if form.0.confirme != "oui" {
        "Cochez la case pour confirmer\u{202f}: un effacement est définitif."
    } else {
        let by = (current.id(), state.clock.now());
        let case = theirs(&mut conn, &request, reference, current.viewer(&state)).await?;
        match erase::erase_for_person(&mut conn, case, by).await {
            Ok(()) => return Ok(back(*id, "effacement")),
            Err(EraseError::Unknown) => return Err(AppError::NotFound),
            Err(EraseError::StillOpen(_)) => OPEN,
            Err(EraseError::Held) => HELD,
            Err(EraseError::Database(error)) => return Err(error.into()),
        }
    };
    drop(conn);
    let mut page = RequestPage::read(&state, &current, *id, None).await?;
    page.errors.push("dossiers", message);
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The case of a reference, if it is one of the person of the request: nothing of someone else is
/// copied or erased in their name.
pub(super) async fn theirs(
    conn: &mut Conn,
    request: &PersonRequest,
    reference: Reference,
    viewer: Viewer,
) -> Result<CaseId, AppError> {
    let case = sight::open(conn, reference, viewer).await?;
    let person = request.person.as_deref().unwrap_or_default();
    if persons::is_theirs(conn, viewer, person, case).await? {
        return Ok(case);
    }
    Err(AppError::NotFound)
}

const OPEN: &str = "Ce dossier n’est pas clos\u{202f}: la personne attend encore quelque chose de nous. \
                    Son traitement est nécessaire à l’exercice de droits en justice (RGPD, art.\u{a0}17.3.e).";
const HELD: &str = "Ce dossier est conservé pour un litige ou une médiation (RGPD, art.\u{a0}17.3.e)\u{202f}: \
                    il ne peut pas être effacé.";

fn back(id: i64, done: &str) -> HttpResponse {
    html::see_other(&format!("{}?fait={done}", desk::address(id)))
}

impl RequestPage {
    async fn read(
        state: &AppState,
        current: &CurrentStaff,
        id: i64,
        sought: Option<&String>,
    ) -> Result<Self, AppError> {
        let mut conn = state.pool.get().await?;
        let request = persons::one(&mut conn, id).await?;
        let person = request.person.clone().unwrap_or_default();
        let sought = sought.cloned().unwrap_or_else(|| person.clone());
        let viewer = current.viewer(state);
        let cases = persons::find(&mut conn, viewer, &sought).await?;
        let theirs = persons::find(&mut conn, viewer, &person).await?;
        drop(conn);
        Ok(Self {
            shell: current.shell(state),
            errors: FormErrors::default(),
            notice: None,
            address: desk::address(id),
            right: words::right(request.kind),
            received: Day::of(request.received_on),
            due: Day::of(request.due_on),
            left: Remaining::before(request.due_on, state.today()),
            settled: settled(&request),
            reason: request.reason,
            person,
            sought,
            cases: cases
                .into_iter()
                .map(|found| Case::of(theirs.contains(&found), found))
                .collect(),
            typed: AnswerForm::default(),
            settlements: Settlement::ALL
                .iter()
                .map(|one| (one.code(), words::settlement(*one)))
                .collect(),
        })
    }
}

fn settled(request: &PersonRequest) -> Option<String> {
    let settlement = words::settlement(request.settlement?);
    Some(format!(
        "{settlement} le {}",
        long_date(request.answered_on?)
    ))
}

impl Case {
    fn of(is_theirs: bool, found: Found) -> Self {
        Self {
            is_theirs,
            address: urls::staff_case(&found.reference),
            reference: found.reference.to_string(),
            person: found.person,
            standing: format!(
                "{}{}",
                case_words::standing(found.nature, found.status),
                if found.is_restricted {
                    ", traitement limité"
                } else {
                    ""
                }
            ),
            is_restricted: found.is_restricted,
            can_be_erased: matches!(found.status, Status::Closed | Status::Withdrawn),
        }
    }
}
