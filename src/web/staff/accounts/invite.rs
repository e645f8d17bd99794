//! `/gestion/comptes/nouveau`: an invitation.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use crate::journal::Actor;
use crate::staff::{self, AccountError, DisplayName, NewAccount, Right, StaffEmail};
use crate::web::form::FormErrors;
use crate::web::staff::accounts::link;
use crate::web::staff::accounts::roles::{self, RoleBox, Ticked};
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::enrolment::{email_message, name_message};
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html};

/// `templates/staff/accounts/invite.html`.
#[derive(Template)]
#[template(path = "staff/accounts/invite.html")]
struct InvitePage<'a> {
    shell: Shell,
    email: &'a str,
    /// Not `name`: a macro's parameter of that name would hide it.
    display_name: &'a str,
    boxes: Vec<RoleBox>,
    hours: i64,
    errors: FormErrors,
}

/// GET `/gestion/comptes/nouveau`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageAccounts)?;
    let blank = InviteForm::default();
    std::future::ready(page(&state, &current, &blank, FormErrors::default())).await
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct InviteForm {
    email: String,
    name: String,
    #[serde(flatten)]
    ticked: Ticked,
}

/// POST `/gestion/comptes/nouveau`.
pub(in crate::web::staff) async fn create(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<InviteForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageAccounts)?;
    let form = form.0;
    let new = match form.parse() {
        Ok(new) => new,
        Err(errors) => return page(&state, &current, &form, errors),
    };
    let (actor, now) = (Actor::Staff(current.id().0), state.clock.now());
    let lifetime = state.staff_limits().link_lifetime;
    let mut conn = state.pool.get().await?;
    match staff::add(&mut conn, &new, lifetime, actor, now).await {
        Ok(made) => {
            let name = new.name.as_str().to_owned();
            link::hand_over(&state, &current, &mut conn, (made, name)).await
        }
        Err(AccountError::EmailTaken) => {
            let mut errors = FormErrors::default();
            errors.push("email", TAKEN);
            page(&state, &current, &form, errors)
        }
        Err(error) => Err(error.into()),
    }
}

const TAKEN: &str = "Un compte a déjà cette adresse\u{202f}: cherchez-le dans la liste, ou indiquez \
                     une autre adresse.";

fn page(
    state: &AppState,
    current: &CurrentStaff,
    form: &InviteForm,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = InvitePage {
        shell: current.shell(state),
        email: &form.email,
        display_name: &form.name,
        boxes: roles::boxes(form.ticked.roles()),
        hours: state.staff_limits().link_lifetime.num_hours(),
        errors,
    };
    html::page(status, &page)
}

impl InviteForm {
    /// Everything parsed, or everything that is wrong.
    fn parse(&self) -> Result<NewAccount, FormErrors> {
        let email = StaffEmail::parse(&self.email);
        let name = DisplayName::parse(&self.name);
        let mut errors = FormErrors::default();
        if let Err(error) = &email {
            errors.push("email", email_message(*error));
        }
        if let Err(error) = &name {
            errors.push("name", name_message(*error));
        }
        let roles = self.ticked.roles();
        if roles.is_none() {
            errors.push(roles::GROUP, roles::MISSING);
        }
        match (email, name, roles) {
            (Ok(email), Ok(name), Some(roles)) => Ok(NewAccount { email, name, roles }),
            _ => Err(errors),
        }
    }
}
