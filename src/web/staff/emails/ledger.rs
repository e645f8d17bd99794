//! `/gestion/courriels`: what became of each e-mail, and trying anew those that failed.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::case::Reference;
use crate::case::retry_mail::{RetryError, references_in_sight, retry_mail};
use crate::mail::OutboxId;
use crate::mail::outbox::ledger::{self, Entry, Part};
use crate::mail::outbox::{PAGE, State};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::delivery::Delivery;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::emails::words;
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::Moment;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/emails/ledger.html`.
#[derive(Template)]
#[template(path = "staff/emails/ledger.html")]
struct LedgerPage {
    shell: Shell,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    has_relay: bool,
    may_try: bool,
    next: Option<String>,
    is_first: bool,
    notice: Option<&'static str>,
    errors: FormErrors,
}

struct Tab {
    label: &'static str,
    address: String,
    is_current: bool,
}

struct Row {
    id: i64,
    what: &'static str,
    case: Option<(String, String)>,
    recipient: String,
    prepared: Moment,
    delivery: Delivery,
    can_retry: bool,
}

/// The tabs: as the address says it, as the page does, and what they show.
const TABS: &[(&str, &str, Part)] = &[
    ("", "Tous", Part::All),
    ("attente", "En attente", Part::In(State::Queued)),
    ("echecs", "En échec", Part::In(State::Failed)),
    ("remis", "Remis", Part::In(State::HandedOver)),
    ("revenus", "Revenus", Part::Returned),
];

/// What the address asks for; what it asks amiss shows everything.
#[derive(Clone, Copy)]
struct Asked {
    code: &'static str,
    part: Part,
    before: Option<OutboxId>,
}

impl Asked {
    fn read(query: &HashMap<String, String>) -> Self {
        let asked = query.get("etat").map_or("", String::as_str);
        let tab = TABS.iter().find(|(code, ..)| *code == asked);
        let (code, _, part) = tab.copied().unwrap_or(("", "", Part::All));
        let before = query.get("avant").and_then(|id| id.parse().ok());
        Self {
            code,
            part,
            before: before.map(OutboxId),
        }
    }

    fn tabs(self) -> Vec<Tab> {
        let tab = |(code, label, _): &(&'static str, &'static str, Part)| Tab {
            label,
            address: address(code, None),
            is_current: *code == self.code,
        };
        TABS.iter().map(tab).collect()
    }
}

/// The address of a tab, from an e-mail on.
fn address(code: &str, before: Option<OutboxId>) -> String {
    let state = (!code.is_empty()).then(|| format!("etat={code}"));
    let before = before.map(|id| format!("avant={}", id.0));
    let query: Vec<String> = [state, before].into_iter().flatten().collect();
    if query.is_empty() {
        urls::STAFF_EMAILS.to_owned()
    } else {
        format!("{}?{}", urls::STAFF_EMAILS, query.join("&"))
    }
}

/// GET `/gestion/courriels?etat=…&avant=…&fait=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    query: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    let is_done = query.get("fait").is_some_and(|done| done == "essai");
    let notice = is_done.then_some("Le courriel repart\u{202f}: il est de nouveau en attente.");
    let told = (StatusCode::OK, FormErrors::default(), notice);
    page(&state, &current, Asked::read(&query), told).await
}

async fn page(
    state: &AppState,
    current: &CurrentStaff,
    asked: Asked,
    (status, errors, notice): (StatusCode, FormErrors, Option<&'static str>),
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadEmails)?;
    let mut conn = state.pool.get().await?;
    let found = ledger::page(&mut conn, asked.part, asked.before, state.clock.now()).await?;
    let cases: Vec<i64> = found.iter().filter_map(|entry| entry.mail.about).collect();
    let seen = references_in_sight(&mut conn, &cases, current.viewer(state)).await?;
    drop(conn);
    let is_full = i64::try_from(found.len()).is_ok_and(|n| n == PAGE);
    let last = found.last().filter(|_| is_full).map(|entry| entry.mail.id);
    let may_retry = current.may(Right::RetryEmails);
    let rows = found
        .into_iter()
        .filter_map(|entry| Row::new(entry, &seen, may_retry));
    let page = LedgerPage {
        shell: current.shell(state),
        tabs: asked.tabs(),
        rows: rows.collect(),
        has_relay: state.settings.mail.relay.is_some(),
        may_try: current.may(Right::ManageSettings),
        next: last.map(|id| address(asked.code, Some(id))),
        is_first: asked.before.is_none(),
        notice,
        errors,
    };
    html::page(status, &page)
}

impl Row {
    /// None about a case that the reader may not see.
    fn new(entry: Entry, seen: &HashMap<i64, Reference>, may_retry: bool) -> Option<Self> {
        let case = match entry.mail.about {
            Some(case) => {
                let reference = seen.get(&case)?.to_string();
                let address = format!("{}/{reference}", urls::STAFF_CASES);
                Some((address, reference))
            }
            None => None,
        };
        let standing = entry.mail.standing;
        Some(Self {
            id: entry.mail.id.0,
            what: words::purpose(&entry.mail.purpose),
            case,
            recipient: entry.recipient,
            prepared: Moment::of(entry.mail.queued_at),
            delivery: Delivery::of(standing),
            can_retry: may_retry && standing.is_undelivered(),
        })
    }
}

/// What is posted: nothing but the token.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct RetryForm {}

/// POST `/gestion/courriels/{id}/essai`: has it tried anew.
pub(in crate::web::staff) async fn retry(
    state: Data<AppState>,
    current: CurrentStaff,
    id: Path<i64>,
    _form: StaffForm<RetryForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::RetryEmails)?;
    let (id, viewer) = (OutboxId(*id), current.viewer(&state));
    let mut conn = state.pool.get().await?;
    let by = (viewer, state.clock.now());
    let retried = retry_mail(&mut conn, &state.office, id, by).await;
    drop(conn);
    let why = match retried {
        Ok(()) => {
            state.outbox_bell.notify_one();
            return Ok(html::see_other(&format!(
                "{}?fait=essai",
                urls::STAFF_EMAILS
            )));
        }
        Err(RetryError::NotThere) => return Err(AppError::NotFound),
        Err(RetryError::Database(error)) => return Err(error.into()),
        Err(RetryError::Act(error)) => return Err(AppError::Internal(error.into())),
        Err(RetryError::NotFailed) => NOT_FAILED,
        Err(RetryError::LetterLeft) => LETTER_LEFT,
        Err(RetryError::AddressChanged) => ADDRESS_CHANGED,
        Err(RetryError::Withheld) => WITHHELD,
    };
    let mut errors = FormErrors::default();
    errors.push("courriels", why);
    let failed = Asked {
        code: "echecs",
        part: Part::In(State::Failed),
        before: None,
    };
    page(
        &state,
        &current,
        failed,
        (StatusCode::CONFLICT, errors, None),
    )
    .await
}

const NOT_FAILED: &str = "Ce courriel ne peut plus repartir d’ici\u{202f}: il est déjà de nouveau \
    en attente ou remis, ou bien il portait un lien à usage unique, à redemander.";
const LETTER_LEFT: &str = "Ce courriel n’a plus à partir\u{202f}: une lettre est partie à sa place, \
    ou le dossier n’en a plus besoin.";
const WITHHELD: &str = "Le dossier contient des données sensibles\u{202f}: cette copie ne part que par \
    lettre.";
const ADDRESS_CHANGED: &str = "L’adresse de la personne a changé depuis cet envoi\u{202f}: \
    écrivez-lui depuis le dossier, ou postez la lettre demandée à sa place.";
