//! `/suivi/dossier/coordonnees`: how to reach the person, theirs to change.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::case::filing::{Field, PreferredReply, TypedFiling, parse_contact_alone};
use crate::case::{self, ActError, Dossier, Nature};
use crate::db::Conn;
use crate::mail::EmailAddress;
use crate::web::form::FormErrors;
use crate::web::public::deposit::messages;
use crate::web::public::following::current::{self, Current};
use crate::web::public::following::done;
use crate::web::public::following::sent::{self, Sent};
use crate::web::public::labels;
use crate::web::public::visit::Visit;
use crate::web::{AppError, AppState, html};

/// `templates/public/following/contact.html`.
#[derive(Template)]
#[template(path = "public/following/contact.html")]
struct ContactPage {
    csrf: String,
    errors: FormErrors,
    dossier: Dossier,
    version: i32,
    typed: TypedFiling,
    /// What another page saved meanwhile, field by field: its name and what it holds now.
    meanwhile: Vec<(&'static str, String)>,
}

/// The fields of the page, in its order, and what they are called.
const FIELDS: [(Field, &str); 5] = [
    (Field::Email, "Adresse e-mail"),
    (Field::PostalAddress, "Adresse postale"),
    (Field::PreferredReply, "Notre réponse"),
    (Field::Phone, "Téléphone"),
    (Field::Accessibility, "Besoin particulier"),
];

/// What is kept, as if it had been typed.
fn kept(dossier: &Dossier) -> TypedFiling {
    let filing = &dossier.filing;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    TypedFiling::default()
        .with(Field::Email, text(&filing.email))
        .with(Field::PostalAddress, text(&filing.postal_address))
        .with(Field::PreferredReply, filing.preferred_reply.code())
        .with(Field::Phone, text(&filing.phone))
        .with(Field::Accessibility, text(&filing.accessibility))
}

fn typed(form: &Sent) -> TypedFiling {
    FIELDS
        .iter()
        .fold(TypedFiling::default(), |typed, (field, _)| {
            typed.with(*field, form.get(field.code()))
        })
}

/// What `kept` holds where it differs from what was typed.
fn differences(typed: &TypedFiling, kept: &TypedFiling) -> Vec<(&'static str, String)> {
    let same = |one: &str, other: &str| one.replace("\r\n", "\n").trim() == other;
    FIELDS
        .iter()
        .filter(|(field, _)| !same(typed.get(*field), kept.get(*field)))
        .map(|(field, name)| {
            let told = match PreferredReply::from_code(kept.get(*field)) {
                Some(preferred) => labels::preferred_reply(preferred),
                None => kept.get(*field),
            };
            (*name, told.to_owned())
        })
        .collect()
}

impl ContactPage {
    fn new(visit: &Visit<'_>, dossier: Dossier, typed: TypedFiling) -> Self {
        Self {
            csrf: visit.csrf_for(dossier.case.id()),
            errors: FormErrors::default(),
            version: dossier.filing.contact_version,
            typed,
            meanwhile: Vec::new(),
            dossier,
        }
    }

    fn value(&self, field: Field) -> &str {
        self.typed.get(field)
    }

    fn prefers(&self, preferred: PreferredReply) -> bool {
        self.typed.get(Field::PreferredReply) == preferred.code()
    }
}

/// GET: the details as they are kept.
pub(super) async fn show(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let mut conn = state.pool.get().await?;
    let Some(current) = current::find(&mut conn, &visit).await? else {
        return Ok(html::see_other(&current::way_in()));
    };
    let typed = kept(&current.dossier);
    let page = ContactPage::new(&visit, current.dossier, typed);
    visit.answer(StatusCode::OK, &page)
}

/// POST: changes them.
pub(super) async fn update(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, AppError> {
    let visit = Visit::new(&state, &request);
    let change = async |conn: &mut Conn, current| keep(&visit, &form, conn, current).await;
    sent::act(&visit, &form, change).await
}

async fn keep(
    visit: &Visit<'_>,
    form: &Sent,
    conn: &mut Conn,
    current: Current,
) -> Result<HttpResponse, AppError> {
    let typed = typed(form);
    let version: i32 = form.get("version").parse().unwrap_or_default();
    let contact = match parse_contact_alone(&typed) {
        Ok(contact) => contact,
        Err(faults) => {
            let mut page = ContactPage::new(visit, current.dossier, typed);
            page.version = version;
            page.errors = messages::of(&faults, Nature::Complaint);
            return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (office, case) = (&visit.state.office, current.opened.case);
    match case::change_contact(conn, office, case, (version, &contact), visit.at).await {
        Ok(()) => {
            visit.state.outbox_bell.notify_one();
            let before = current.dossier.filing.email.as_deref();
            let email = contact.reply_to.email().map(EmailAddress::as_str);
            let is_new = email.is_some() && email != before;
            Ok(done(if is_new { "adresse" } else { "coordonnees" }))
        }
        Err(ActError::Stale) => {
            let now = current::of(conn, current.opened).await?.dossier;
            let meanwhile = differences(&typed, &kept(&now));
            let mut page = ContactPage::new(visit, now, typed);
            page.meanwhile = meanwhile;
            visit.answer(StatusCode::CONFLICT, &page)
        }
        Err(error) => Err(sent::failure(error)),
    }
}
