//! `/gestion/activation/{token}`: the bearer of a one-time link chooses a password.

use actix_web::http::StatusCode;
use actix_web::http::header::REFERRER_POLICY;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::staff::{
    self, Chosen, DisplayName, DisplayNameError, EnrolError, Invitation, LinkToken, Password,
    PasswordError, StaffEmail, StaffEmailError, Weakness,
};
use crate::web::csrf::Visitor;
use crate::web::form::FormErrors;
use crate::web::staff::sign_in;
use crate::web::{AppError, AppState, html, urls};

/// `templates/staff/enrolment.html`.
#[derive(Template)]
#[template(path = "staff/enrolment.html")]
struct EnrolmentPage<'a> {
    csrf: String,
    /// Whether e-mail and name are to be chosen: the first administrator's link.
    is_first: bool,
    email: &'a str,
    /// Not `name`: a macro's parameter of that name would hide it.
    display_name: &'a str,
    errors: FormErrors,
}

/// `templates/staff/enrolment_spent.html`.
#[derive(Template)]
#[template(path = "staff/enrolment_spent.html")]
struct SpentPage;

/// A link that does not work, whatever the reason.
pub(super) fn spent() -> Result<HttpResponse, AppError> {
    html::page(StatusCode::NOT_FOUND, &SpentPage)
}

/// The address of these pages is a secret: no page they lead to may learn it. With `no-referrer`
/// Chromium would send `Origin: null`, and the forms would be refused.
pub(super) fn discreet(mut answer: HttpResponse) -> HttpResponse {
    let policy = actix_web::http::header::HeaderValue::from_static("strict-origin");
    answer.headers_mut().insert(REFERRER_POLICY, policy);
    answer
}

/// What the bearer of the link in the address is invited to, or none.
pub(super) async fn invitation(
    state: &AppState,
    token: &str,
) -> Result<Option<(LinkToken, Invitation)>, AppError> {
    let Some(link) = LinkToken::parse(token) else {
        return Ok(None);
    };
    let mut conn = state.pool.get().await?;
    match staff::invitation(&mut conn, &state.keys.totp, &link, state.clock.now()).await {
        Ok(invitation) => Ok(Some((link, invitation))),
        Err(EnrolError::LinkSpent) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// GET `/gestion/activation/{token}`.
pub(super) async fn show(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some((_, invitation)) = invitation(&state, &token).await? else {
        return spent();
    };
    let visitor = Visitor::of(&state, &request);
    let identity = invitation.identity.as_ref();
    let page = EnrolmentPage {
        csrf: visitor.token(&state, state.clock.now()),
        is_first: identity.is_none(),
        email: identity.map_or("", |(email, _)| email.as_str()),
        display_name: identity.map_or("", |(_, name)| name.as_str()),
        errors: FormErrors::default(),
    };
    let answer = discreet(html::page(StatusCode::OK, &page)?);
    sign_in::with_cookie(answer, &visitor, &state)
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct EnrolmentForm {
    email: String,
    name: String,
    password: String,
    again: String,
    csrf: String,
}

/// POST `/gestion/activation/{token}`.
pub(super) async fn send(
    request: HttpRequest,
    state: Data<AppState>,
    token: Path<String>,
    form: Form<EnrolmentForm>,
) -> Result<HttpResponse, AppError> {
    let mut form = form.into_inner();
    Visitor::of(&state, &request).check(&state, &form.csrf)?;
    let Some((link, invitation)) = invitation(&state, &token).await? else {
        return spent();
    };
    let is_first = invitation.identity.is_none();
    if let Some((email, name)) = &invitation.identity {
        form.email = email.as_str().to_owned();
        form.name = name.as_str().to_owned();
    }
    let (identity, password) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return refuse(&form, is_first, errors),
    };
    let password = state.hasher.hash(password).await?;
    let chosen = Chosen { identity, password };
    let mut conn = state.pool.get().await?;
    let now = state.clock.now();
    match staff::choose_password(&mut conn, &state.keys.totp, &link, chosen, now).await {
        Ok(()) => Ok(html::see_other(&urls::staff_activation_code(&token))),
        Err(EnrolError::LinkSpent) => spent(),
        Err(EnrolError::EmailTaken) => refuse(&form, is_first, sign_in::one("email", TAKEN)),
        Err(error) => Err(error.into()),
    }
}

const TAKEN: &str = "Indiquez une autre adresse\u{202f}: un compte utilise déjà celle-ci.";

fn refuse(
    form: &EnrolmentForm,
    is_first: bool,
    errors: FormErrors,
) -> Result<HttpResponse, AppError> {
    let page = EnrolmentPage {
        csrf: form.csrf.clone(),
        is_first,
        email: &form.email,
        display_name: &form.name,
        errors,
    };
    html::page(StatusCode::UNPROCESSABLE_ENTITY, &page).map(discreet)
}

impl EnrolmentForm {
    /// Everything parsed, or everything that is wrong.
    fn parse(&self) -> Result<((StaffEmail, DisplayName), Password), FormErrors> {
        let email = StaffEmail::parse(&self.email);
        let name = DisplayName::parse(&self.name);
        let password = Password::parse(&self.password, &self.email, &self.name);
        let mut errors = FormErrors::default();
        if let Err(error) = &email {
            errors.push("email", email_message(*error));
        }
        if let Err(error) = &name {
            errors.push("name", name_message(*error));
        }
        if let Err(error) = &password {
            errors.push("password", password_message(*error));
        } else if self.again != self.password {
            errors.push("again", "Saisissez deux fois le même mot de passe.");
        }
        match (email, name, password) {
            (Ok(email), Ok(name), Ok(password)) if errors.is_empty() => {
                Ok(((email, name), password))
            }
            _ => Err(errors),
        }
    }
}

pub(super) const fn email_message(error: StaffEmailError) -> &'static str {
    match error {
        StaffEmailError::Empty => "Indiquez l’adresse e-mail.",
        StaffEmailError::Malformed => {
            "Indiquez une adresse e-mail complète, par exemple prenom.nom@asekkey.fr."
        }
    }
}

pub(super) const fn name_message(error: DisplayNameError) -> &'static str {
    match error {
        DisplayNameError::Empty => "Indiquez le prénom et le nom.",
        DisplayNameError::TooLong => "Indiquez un nom de 80\u{a0}caractères au plus.",
        DisplayNameError::Control => "Indiquez le nom sur une seule ligne.",
    }
}

pub(super) const fn password_message(error: PasswordError) -> &'static str {
    match error {
        PasswordError::Empty => "Choisissez un mot de passe.",
        PasswordError::TooShort => "Choisissez un mot de passe de 12\u{a0}caractères au moins.",
        PasswordError::TooLong => "Choisissez un mot de passe de 128\u{a0}caractères au plus.",
        PasswordError::Personal => {
            "Choisissez un mot de passe qui ne contienne ni votre nom, ni votre adresse, ni le nom \
             de l’entreprise."
        }
        PasswordError::Weak(weakness) => weakness_message(weakness),
    }
}

const fn weakness_message(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Keyboard => {
            "Choisissez un mot de passe plus difficile à deviner\u{202f}: celui-ci suit les touches \
             voisines du clavier."
        }
        Weakness::Repeats => {
            "Choisissez un mot de passe plus difficile à deviner\u{202f}: celui-ci répète le même \
             motif."
        }
        Weakness::Sequence => {
            "Choisissez un mot de passe plus difficile à deviner\u{202f}: celui-ci est une suite, \
             comme «\u{202f}abcdef\u{202f}» ou «\u{202f}654321\u{202f}»."
        }
        Weakness::Date => {
            "Choisissez un mot de passe plus difficile à deviner\u{202f}: celui-ci tient surtout à \
             une date ou à une année."
        }
        Weakness::Name => {
            "Choisissez un mot de passe plus difficile à deviner\u{202f}: celui-ci tient surtout à \
             un prénom ou à un nom."
        }
        Weakness::Common => {
            "Choisissez un autre mot de passe\u{202f}: celui-ci est parmi les premiers que l’on \
             essaie."
        }
        Weakness::FewWords => {
            "Choisissez un mot de passe plus difficile à deviner\u{202f}: ajoutez un mot ou deux, \
             peu courants."
        }
    }
}

impl From<EnrolError> for AppError {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::LinkSpent => Self::NotFound,
            EnrolError::EmailTaken | EnrolError::WrongCode => Self::BadForm,
            EnrolError::Totp(error) => Self::Internal(error.into()),
            EnrolError::Db(error) => error.into(),
        }
    }
}
