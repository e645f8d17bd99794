//! What a form of the person's page sends, and how it comes back when nothing could be done: the
//! page had closed or shows another case, too much was sent, or the database is away. What was typed is never lost.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;

use crate::case::{ActError, CaseId, Reference, dossier};
use crate::db::Conn;
use crate::web::form::FormErrors;
use crate::web::public::following::current::{self, Current};
use crate::web::public::following::entry;
use crate::web::public::following::opened::Opened;
use crate::web::public::visit::{Visit, with_cookie};
use crate::web::{AppError, retry};

/// The fields of a form, in its order.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Sent(Vec<(String, String)>);

/// Fields of ours, which no page gives back.
const OURS: [&str; 3] = ["csrf", REFERENCE, CODE];
/// Reference of a case to open again.
const REFERENCE: &str = "dossier_reference";
/// Its code.
const CODE: &str = "dossier_code";

impl Sent {
    /// What was typed in a field; nothing when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(found, _)| found == name);
        found.map_or("", |(_, value)| value)
    }

    /// What the page sends back with the form.
    fn kept(&self) -> Vec<Kept> {
        self.0
            .iter()
            .filter(|(name, _)| !OURS.contains(&name.as_str()))
            .map(|(name, value)| Kept {
                label: label(name).filter(|_| !value.trim().is_empty()),
                name: name.clone(),
                value: value.clone(),
            })
            .collect()
    }
}

/// What a field that is for reading is called.
fn label(name: &str) -> Option<&'static str> {
    Some(match name {
        "message" => "Votre message",
        "motif" => "Vos raisons",
        "commentaire" => "Votre commentaire",
        _ => return None,
    })
}

/// A field given back.
struct Kept {
    name: String,
    value: String,
    label: Option<&'static str>,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// The case had closed: its reference and code open it again.
    Closed,
    /// Another case than the form's is open now.
    OtherCase,
    /// Too much was sent in an hour.
    TooMany(TimeDelta),
    /// The database is away.
    Unavailable,
}

/// `templates/public/following/again.html`.
#[derive(Template)]
#[template(path = "public/following/again.html")]
struct AgainPage {
    csrf: String,
    why: Why,
    action: String,
    kept: Vec<Kept>,
    reference: String,
    errors: FormErrors,
}

/// A form that was sent, and the case that its page showed.
struct OfCase<'a> {
    sent: &'a Sent,
    case: Option<CaseId>,
}

impl OfCase<'_> {
    /// Whether the form is about this case, as far as it says.
    fn may_be(&self, opened: &Opened) -> bool {
        self.case.is_none_or(|case| case == opened.case)
    }
}

/// Runs an act of the person on the case that the form was shown for; that case is opened again
/// first when it is not open and the form says how. What cannot be done now comes back with all that was typed.
///
/// # Errors
/// When the form is not ours, or we fail.
pub(super) async fn act<A>(visit: &Visit<'_>, sent: &Sent, act: A) -> Result<HttpResponse, AppError>
where
    A: AsyncFnOnce(&mut Conn, Current) -> Result<HttpResponse, AppError>,
{
    let case = visit.visitor.check_case(visit.state, sent.get("csrf"))?;
    let form = OfCase { sent, case };
    match attempt(visit, &form, act).await {
        Err(AppError::TooMany(wait)) => {
            again(visit, &form, Why::TooMany(wait), FormErrors::default())
        }
        Err(error) if error.is_unavailable() => {
            tracing::error!(error = %error, "an act of a person could not be kept");
            again(visit, &form, Why::Unavailable, FormErrors::default())
        }
        answered => answered,
    }
}

async fn attempt<A>(visit: &Visit<'_>, form: &OfCase<'_>, act: A) -> Result<HttpResponse, AppError>
where
    A: AsyncFnOnce(&mut Conn, Current) -> Result<HttpResponse, AppError>,
{
    let mut conn = visit.state.pool.get().await?;
    let mut why = Why::Closed;
    if let Some(current) = current::find(&mut conn, visit).await? {
        if current.serves(form.case) {
            limit(visit, &current)?;
            return act(&mut conn, current).await;
        }
        why = Why::OtherCase;
    }
    let (reference, code) = (form.sent.get(REFERENCE), form.sent.get(CODE));
    if reference.is_empty() && code.is_empty() {
        let shown = of_form(&mut conn, form, why).await?;
        return again_for(visit, form, (why, shown), FormErrors::default());
    }
    drop(conn);
    let opened = match entry::open_with(visit, reference, code).await? {
        Ok(opened) if form.may_be(&opened) => opened,
        Ok(_) => return again(visit, form, why, not_this_case()),
        Err(errors) => return again(visit, form, why, errors),
    };
    let mut conn = visit.state.pool.get().await?;
    let current = current::of(&mut conn, opened).await?;
    limit(visit, &current)?;
    let answered = act(&mut conn, current).await?;
    with_cookie(answered, &opened.cookie(visit.state, visit.at))
}

/// The reference of the case of a form that stands beside another open case.
async fn of_form(
    conn: &mut Conn,
    form: &OfCase<'_>,
    why: Why,
) -> Result<Option<Reference>, AppError> {
    let Some(case) = form.case.filter(|_| why == Why::OtherCase) else {
        return Ok(None);
    };
    let dossier = dossier::by_id(conn, case).await?;
    Ok(Some(dossier.case.reference()))
}

fn not_this_case() -> FormErrors {
    let mut errors = FormErrors::default();
    errors.push(
        "reference",
        "Indiquez la référence et le code du dossier dont vous avez rempli le formulaire\u{202f}: \
         ceux-ci ouvrent un autre dossier.",
    );
    errors
}

/// Counts what the person of one case sends.
fn limit(visit: &Visit<'_>, current: &Current) -> Result<(), AppError> {
    let (acts, case) = (&visit.state.public_limits.case_acts, current.opened.case.0);
    acts.admit(Some(case), visit.at)?;
    acts.count(case, visit.at);
    Ok(())
}

fn again(
    visit: &Visit<'_>,
    form: &OfCase<'_>,
    why: Why,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    again_for(visit, form, (why, None), errors)
}

fn again_for(
    visit: &Visit<'_>,
    form: &OfCase<'_>,
    (why, shown): (Why, Option<Reference>),
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    let status = match why {
        Why::Closed if errors.is_empty() => StatusCode::FORBIDDEN,
        Why::OtherCase if errors.is_empty() => StatusCode::CONFLICT,
        Why::Closed | Why::OtherCase => StatusCode::UNPROCESSABLE_ENTITY,
        Why::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Why::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    let page = AgainPage {
        csrf: form
            .case
            .map_or_else(|| visit.csrf(), |case| visit.csrf_for(case)),
        why,
        action: visit.request.path().to_owned(),
        kept: form.sent.kept(),
        reference: shown.map_or_else(
            || form.sent.get(REFERENCE).to_owned(),
            |reference| reference.to_string(),
        ),
        errors,
    };
    let answer = visit.answer(status, &page)?;
    Ok(match why {
        Why::TooMany(wait) => retry::after(answer, wait),
        Why::Closed | Why::OtherCase | Why::Unavailable => answer,
    })
}

/// A failure of an act that no page can help.
pub(super) fn failure(error: ActError) -> AppError {
    match error {
        ActError::Unknown => AppError::NotFound,
        ActError::Database(error) => error.into(),
        ActError::Words(error) => AppError::Internal(error.into()),
        ActError::Letter(error) => AppError::Internal(error.into()),
        ActError::Stale
        | ActError::NotNow(_)
        | ActError::BadDate
        | ActError::AnswerLeaving
        | ActError::OwnAnswer
        | ActError::NothingToPost
        | ActError::NothingToKeep
        | ActError::Barred
        | ActError::AlreadyDone
        | ActError::CauseMissing
        | ActError::NothingToNote => AppError::Internal(error.into()),
    }
}
