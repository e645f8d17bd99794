//! `/gestion/dossiers/{reference}/reponse`: writing the answer to a complaint.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};

use crate::case::answer::{self, AnswerDraft, AnswerState, settled_grievances};
use crate::case::templates::TemplateKind;
use crate::case::{ActError, Nature};
use crate::staff::Right;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts;
use crate::web::staff::cases::answer::aids::Aids;
use crate::web::staff::cases::answer::command::Command;
use crate::web::staff::cases::answer::page::{AnswerPage, ConflictPage};
use crate::web::staff::cases::answer::sending;
use crate::web::staff::cases::answer::typed::{self, TypedAnswer};
use crate::web::staff::cases::desk::{Desk, parse_reference};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::refused::Why;
use crate::web::staff::current::CurrentStaff;
use crate::web::staff::form::StaffForm;
use crate::web::staff::templates::{Known, filled};
use crate::web::{AppError, AppState, html, urls};

/// GET: the draft, or an empty one. What is no longer to be written is read on the case.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::WorkCases)?;
    let reference = parse_reference(&reference)?;
    let mut conn = state.pool.get().await?;
    let loaded = Loaded::for_answer(&mut conn, reference, &state, &current).await?;
    let aids = Aids::read(&mut conn, &loaded, current.viewer(&state)).await?;
    drop(conn);
    if !is_writable(&loaded) {
        return Ok(html::see_other(&urls::staff_case(&reference)));
    }
    let typed = TypedAnswer::of(&loaded);
    let notice = asked.get("fait").and_then(|code| acts::notice(code));
    let page = AnswerPage::new(&state, &current, &loaded, &typed, FormErrors::default());
    html::page(StatusCode::OK, &page.helped(aids).noticing(notice))
}

fn is_writable(loaded: &Loaded) -> bool {
    let case = &loaded.dossier.case;
    let is_leaving = loaded
        .in_hand()
        .is_some_and(|written| written.row.state != AnswerState::Draft);
    case.nature == Nature::Complaint && case.status.is_open() && !is_leaving
}

/// POST: keeps what was typed, then does what the button says.
pub(in crate::web::staff) async fn update(
    state: Data<AppState>,
    current: CurrentStaff,
    reference: Path<String>,
    form: StaffForm<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    let (shown, command, mut typed) = typed::read(&form.0)?;
    let mut desk = Desk::open(state, current, Right::WorkCases, &reference, shown).await?;
    if let Command::Insert(point) = command {
        let Some(text) = template(&desk, &typed).await? else {
            let mut errors = FormErrors::default();
            errors.push("modele", "Choisissez un modèle de la liste.");
            return show_again(&desk, &typed, errors).await;
        };
        typed.insert(point, &text);
    }
    let mut draft = match typed.parse() {
        Ok(draft) => draft,
        Err(errors) => return show_again(&desk, &typed, errors).await,
    };
    match keep(&mut desk, command, &mut draft).await {
        Ok(()) => {}
        Err(error) => return conflict(&desk, &typed, error).await,
    }
    if command == Command::Send {
        return sending::send(desk).await;
    }
    let address = urls::staff_case_part(&desk.reference, "reponse");
    Ok(html::see_other(&format!(
        "{address}{}",
        command.place(&draft)
    )))
}

/// The template that was chosen, filled with what is known of the case.
async fn template(desk: &Desk, typed: &TypedAnswer) -> Result<Option<String>, AppError> {
    let mut conn = desk.state.pool.get().await?;
    let loaded = Loaded::for_answer(&mut conn, desk.reference, &desk.state, &desk.current).await?;
    let handler = loaded.dossier.case.handler().unwrap_or(desk.current.id());
    let known = Known {
        dossier: &loaded.dossier,
        handler: loaded.colleagues.name(handler),
        today: desk.state.today(),
    };
    let chosen = (typed.template.as_str(), TemplateKind::Answer);
    Ok(filled(&mut conn, chosen, &known).await?)
}

/// Keeps the draft once the button has changed it, unless it is kept already: saving again would
/// void a second reading.
async fn keep(
    desk: &mut Desk,
    command: Command,
    draft: &mut AnswerDraft,
) -> Result<(), AppErrorOrAct> {
    let mut conn = desk.state.pool.get().await.map_err(AppError::from)?;
    let kept = answer::written(&mut conn, desk.seen.case).await;
    let kept = kept.map_err(AppError::from)?;
    command.apply(draft, settled_grievances(&kept).len());
    let is_kept = kept
        .iter()
        .any(|one| one.row.state == AnswerState::Draft && one.draft() == *draft);
    if is_kept {
        return Ok(());
    }
    let by = (desk.current.viewer(&desk.state), desk.state.clock.now());
    let office = &desk.state.office;
    answer::save(&mut conn, office, desk.seen, draft, by).await?;
    // Ours was the only act on the version seen: the case is now at the next one.
    desk.seen.version += 1;
    Ok(())
}

/// Either the page fails, or the act is refused.
enum AppErrorOrAct {
    Page(AppError),
    Act(ActError),
}

impl From<AppError> for AppErrorOrAct {
    fn from(error: AppError) -> Self {
        Self::Page(error)
    }
}

impl From<ActError> for AppErrorOrAct {
    fn from(error: ActError) -> Self {
        Self::Act(error)
    }
}

async fn show_again(
    desk: &Desk,
    typed: &TypedAnswer,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    let mut conn = desk.state.pool.get().await?;
    let loaded = desk.load(&mut conn).await?;
    let aids = Aids::read(&mut conn, &loaded, desk.current.viewer(&desk.state)).await?;
    drop(conn);
    let page = AnswerPage::new(&desk.state, &desk.current, &loaded, typed, errors);
    html::page(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page.helped(aids).on_what_was_seen(desk),
    )
}

/// What is kept beside what was typed.
async fn conflict(
    desk: &Desk,
    typed: &TypedAnswer,
    error: AppErrorOrAct,
) -> Result<HttpResponse, AppError> {
    let why = match error {
        AppErrorOrAct::Page(error) => return Err(error),
        AppErrorOrAct::Act(error) => Why::from_act(error)?,
    };
    let mut conn = desk.state.pool.get().await?;
    let loaded = desk.load(&mut conn).await?;
    drop(conn);
    let page = ConflictPage::new(&desk.state, &desk.current, &loaded, typed, why);
    html::page(StatusCode::CONFLICT, &page)
}
