//! `/gestion/dossiers/{reference}/engagements`: what answers promised, and when it was kept.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::calendar::{parse_typed_date, plain_date};
use crate::case::answer::{self, MadeCommitment};
use crate::case::{ActError, CaseId, Reference};
use crate::db::Conn;
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::desk::{Desk, Shown, parse_reference};
use crate::web::staff::cases::forms::CaseForms;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::refused::Why;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::form::StaffForm;
use crate::web::staff::moment::{Day, Remaining};
use crate::web::{AppError, AppState, html};

/// A commitment on a page.
pub(in crate::web::staff) struct CommitmentLine {
    pub(super) id: String,
    pub(in crate::web::staff) text: String,
    pub(in crate::web::staff) due: Day,
    /// While it is not kept.
    pub(in crate::web::staff) left: Option<Remaining>,
    /// « 12 juin 2026, par Claire Morvan ».
    pub(in crate::web::staff) kept: Option<String>,
}

impl CommitmentLine {
    fn of(made: &MadeCommitment, colleagues: &Colleagues, today: NaiveDate) -> Self {
        let kept_by = made.kept_by().map(|id| colleagues.name(id).to_owned());
        Self {
            id: made.id.to_string(),
            text: made.text.clone(),
            due: Day::of(made.due_on()),
            left: made
                .kept_on
                .is_none()
                .then(|| Remaining::before(made.due_on(), today)),
            kept: made
                .kept_on
                .zip(kept_by)
                .map(|(on, by)| format!("{}, noté par {by}", plain_date(on))),
        }
    }
}

/// `templates/staff/cases/commitments.html`.
#[derive(Template)]
#[template(path = "staff/cases/commitments.html")]
struct CommitmentsPage {
    shell: Shell,
    forms: CaseForms,
    errors: FormErrors,
    why: Option<Why>,
    lines: Vec<CommitmentLine>,
    works: bool,
    /// What was typed, at which commitment.
    typed: Option<(String, String)>,
}

impl CommitmentsPage {
    fn error_at(&self, id: &str) -> Option<&str> {
        self.errors.of(&format!("tenu-{id}"))
    }

    fn typed_at(&self, id: &str) -> &str {
        match &self.typed {
            Some((its_id, on)) if its_id == id => on,
            _ => "",
        }
    }
}

/// A page in the making.
struct Shelf {
    loaded: Loaded,
    made: Vec<MadeCommitment>,
}

impl Shelf {
    async fn read(
        conn: &mut Conn,
        (state, current): (&AppState, &CurrentStaff),
        reference: Reference,
    ) -> Result<Self, AppError> {
        let loaded = Loaded::for_answer(conn, reference, state, current).await?;
        let case: CaseId = loaded.dossier.case.id();
        let made = answer::commitments(conn, case).await?;
        Ok(Self { loaded, made })
    }

    fn page(&self, state: &AppState, current: &CurrentStaff) -> CommitmentsPage {
        let shell = current.shell(state);
        let line = |made| CommitmentLine::of(made, &self.loaded.colleagues, state.today());
        CommitmentsPage {
            forms: CaseForms::new(&self.loaded, &shell),
            shell,
            errors: FormErrors::default(),
            why: None,
            lines: self.made.iter().map(line).collect(),
            works: current.may(Right::WorkCases),
            typed: None,
        }
    }
}

/// GET: all of them, those to keep with a form.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ReadCases)?;
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let shelf = Shelf::read(&mut conn, (&state, &current), reference).await?;
    drop(conn);
    html::page(StatusCode::OK, &shelf.page(&state, &current))
}

/// What is posted.
#[derive(Debug, Deserialize)]
pub(in crate::web::staff) struct KeepingForm {
    version: i32,
    #[serde(default)]
    vu: i32,
    engagement: i64,
    #[serde(default)]
    date: String,
}

/// POST: one was kept, on a day someone vouches for.
pub(in crate::web::staff) async fn keep(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<KeepingForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.0;
    let shown = Shown {
        version: form.version,
        last_line: form.vu,
    };
    let desk = Desk::open(state, current, Right::WorkCases, &reference, shown).await?;
    let by = (desk.current.id(), desk.state.clock.now());
    let mut conn = desk.state.pool.get().await?;
    let done = match parse_typed_date(&form.date) {
        Ok(kept_on) => {
            let kept = (form.engagement, kept_on);
            answer::keep_commitment(&mut conn, desk.seen, kept, by).await
        }
        Err(_) => Err(ActError::BadDate),
    };
    let error = match done {
        Ok(()) => {
            drop(conn);
            return desk.done("engagements").await;
        }
        Err(error) => error,
    };
    let shelf = Shelf::read(&mut conn, (&desk.state, &desk.current), desk.reference).await?;
    drop(conn);
    let mut page = shelf.page(&desk.state, &desk.current);
    page.typed = Some((form.engagement.to_string(), form.date));
    if !matches!(error, ActError::BadDate) {
        page.why = Some(Why::from_act(error)?);
        return html::page(StatusCode::CONFLICT, &page);
    }
    page.forms = page.forms.on_what_was_seen(&desk);
    let field = format!("tenu-{}", form.engagement);
    page.errors.push(field, BAD_DATE);
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

const BAD_DATE: &str = "Indiquez le jour où l’engagement a été tenu, de la remise de la réponse à aujourd’hui, par exemple 15/06/2026.";
