//! `/gestion/mon-compte`: the page.

use std::collections::HashMap;

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;

use crate::staff::{self, Right, absences};
use crate::web::form::FormErrors;
use crate::web::staff::absences::form::AbsenceFields;
use crate::web::staff::absences::list::{Choice, Line};
use crate::web::staff::accounts::words;
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::own::sessions::{self, SessionRow};
use crate::web::{AppError, AppState, html};

/// `templates/staff/own/page.html`.
#[derive(Template)]
#[template(path = "staff/own/page.html")]
struct OwnPage {
    shell: Shell,
    email: String,
    roles: String,
    sessions: Vec<SessionRow>,
    codes_left: i64,
    /// Whether their absence matters: their cases come up at the deputy's.
    has_cases: bool,
    absences: Vec<Line>,
    deputies: Vec<Choice>,
    typed: AbsenceFields,
    notice: Option<String>,
    errors: FormErrors,
}

/// What the page says beside what is.
#[derive(Default)]
pub(in crate::web::staff) struct Said {
    /// What was done.
    pub(in crate::web::staff) notice: Option<String>,
    /// What to correct.
    pub(in crate::web::staff) errors: FormErrors,
    /// The absence as it was typed.
    pub(in crate::web::staff) typed: AbsenceFields,
}

/// GET `/gestion/mon-compte?fait=…`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
    session: Session,
    asked: Query<HashMap<String, String>>,
) -> Result<HttpResponse, AppError> {
    let said = Said {
        notice: asked.get("fait").and_then(|code| notice(code)),
        ..Said::default()
    };
    page(&state, &current, &session, StatusCode::OK, said).await
}

fn notice(code: &str) -> Option<String> {
    let words = match code {
        "mot-de-passe" => "Le mot de passe est changé et vos autres connexions sont fermées.",
        "connexion" => "La connexion est fermée.",
        "connexions" => "Vos autres connexions sont fermées.",
        "absence" => "L’absence est enregistrée.",
        "retour" => "L’absence est retirée.",
        "secours" => {
            "Vous vous êtes connecté avec un code de secours\u{202f}: il ne sert plus. Si vous avez \
             perdu votre téléphone, demandez une réinitialisation à un administrateur."
        }
        _ => return None,
    };
    Some(words.to_owned())
}

/// The page as things are now.
pub(in crate::web::staff) async fn page(
    state: &AppState,
    current: &CurrentStaff,
    session: &Session,
    status: StatusCode,
    said: Said,
) -> Result<HttpResponse, AppError> {
    let (id, today) = (current.id(), state.today());
    let mut conn = state.pool.get().await?;
    let colleagues = Colleagues::read(&mut conn).await?;
    let sessions = sessions::listed(&mut conn, state, id, session).await?;
    let codes_left = staff::recovery_codes_left(&mut conn, id).await?;
    let away = absences::of_account(&mut conn, id, today).await?;
    drop(conn);
    let me = colleagues.find(id).ok_or(AppError::SignedOut)?;
    let page = OwnPage {
        shell: current.shell(state),
        email: me.email.clone().unwrap_or_default(),
        roles: words::roles(me.roles),
        sessions,
        codes_left,
        has_cases: current.may(Right::WorkCases),
        absences: away.iter().map(|one| Line::new(one, &colleagues)).collect(),
        deputies: Choice::among(&colleagues, Some(id)),
        typed: said.typed,
        notice: said.notice,
        errors: said.errors,
    };
    html::page(status, &page)
}
