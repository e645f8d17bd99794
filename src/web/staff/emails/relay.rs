//! `/gestion/reglages/relais`: trying the settings of a relay before they serve. Nothing is kept.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::journal::Actor;
use crate::mail::{
    AsciiAddress, Delivery, EmailAddress, RelaySecurity, RelayTrial, RelayUrlError, Sender,
    TrialError, TypedRelay, try_relay,
};
use crate::settings::note_relay_trial;
use crate::staff::{self, Right};
use crate::web::form::FormErrors;
use crate::web::staff::cases::delivery::obstacle_words;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::emails::words::remedy;
use crate::web::staff::form::StaffForm;
use crate::web::{AppError, AppState, html};

/// `templates/staff/emails/relay.html`.
#[derive(Template)]
#[template(path = "staff/emails/relay.html")]
struct RelayPage {
    shell: Shell,
    form: RelayForm,
    has_relay: bool,
    trial: Option<Told>,
    errors: FormErrors,
}

/// What came of the trial, in words.
struct Told {
    has_left: bool,
    words: String,
    remedy: Option<&'static str>,
    /// What the relay said of itself.
    facts: Vec<&'static str>,
    /// The setting that was tried, its password left out.
    setting: Option<String>,
}

/// What is typed. The password is never shown again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::staff) struct RelayForm {
    /// `configure` tries the relay that serves now.
    relais: String,
    serveur: String,
    port: String,
    chiffrement: String,
    identifiant: String,
    mot_de_passe: String,
    destinataire: String,
}

/// Longest time of a trial: someone waits for it.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where the password stands in the setting shown.
const HIDDEN: &str = "MOT-DE-PASSE";

/// GET `/gestion/reglages/relais`.
pub(in crate::web::staff) async fn show(
    state: Data<AppState>,
    current: CurrentStaff,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageSettings)?;
    let form = RelayForm {
        chiffrement: "tls".to_owned(),
        destinataire: own_address(&state, &current).await?,
        ..RelayForm::default()
    };
    page(&state, &current, form, (None, FormErrors::default()))
}

/// POST `/gestion/reglages/relais`: sends one e-mail through the relay typed, or the one that serves.
pub(in crate::web::staff) async fn attempt(
    state: Data<AppState>,
    current: CurrentStaff,
    form: StaffForm<RelayForm>,
) -> Result<HttpResponse, AppError> {
    current.require(Right::ManageSettings)?;
    let form = form.0;
    let (url, shown, to) = match read(&state, &form) {
        Ok(read) => read,
        Err(errors) => return page(&state, &current, form, (None, errors)),
    };
    let sender = Sender {
        from: AsciiAddress::parse(&state.settings.mail.sender).map_err(internal)?,
        reply_to: None,
    };
    let now = state.clock.now();
    let tried = try_relay(url.expose_secret(), &sender, &to, PATIENCE, now).await;
    let trial = match tried {
        Ok(trial) => trial,
        Err(TrialError::Url(error)) => {
            let mut errors = FormErrors::default();
            errors.push("serveur", url_words(error));
            return page(&state, &current, form, (None, errors));
        }
        Err(TrialError::Words(error)) => return Err(internal(error)),
    };
    let mut conn = state.pool.get().await?;
    let actor = Actor::Staff(current.id().0);
    let has_left = matches!(trial.delivery, Delivery::HandedOver { .. });
    note_relay_trial(&mut conn, has_left, actor, now).await?;
    drop(conn);
    page(
        &state,
        &current,
        form,
        (Some(Told::new(trial, shown)), FormErrors::default()),
    )
}

fn internal<E: std::error::Error + Send + Sync + 'static>(error: E) -> AppError {
    AppError::Internal(error.into())
}

/// The relay to try, how its setting is shown, and to whom; or everything that is wrong.
fn read(
    state: &AppState,
    form: &RelayForm,
) -> Result<(SecretString, Option<String>, EmailAddress), FormErrors> {
    let mut errors = FormErrors::default();
    let to = EmailAddress::parse(&form.destinataire).ok();
    if to.is_none() {
        errors.push(
            "destinataire",
            "Indiquez votre adresse e-mail\u{202f}: l’essai y est envoyé.",
        );
    }
    let relay = if form.relais == "configure" {
        let relay = state.settings.mail.relay.clone().map(|url| (url, None));
        if relay.is_none() {
            errors.push(
                "serveur",
                "Aucun relais n’est configuré\u{202f}: indiquez celui à essayer.",
            );
        }
        relay
    } else {
        typed(form, &mut errors)
    };
    match (relay, to) {
        (Some((url, shown)), Some(to)) if errors.is_empty() => Ok((url, shown, to)),
        _ => Err(errors),
    }
}

fn typed(form: &RelayForm, errors: &mut FormErrors) -> Option<(SecretString, Option<String>)> {
    let security = match form.chiffrement.as_str() {
        "tls" => RelaySecurity::Tls,
        "starttls" => RelaySecurity::StartTls,
        "aucun" => RelaySecurity::Clear,
        _ => {
            errors.push("chiffrement", "Choisissez le chiffrement de la connexion.");
            return None;
        }
    };
    let port = match form.port.trim() {
        "" => None,
        typed => {
            let port = typed.parse().ok().filter(|port| *port > 0);
            if port.is_none() {
                errors.push(
                    "port",
                    "Indiquez un port entre 1 et 65535, ou laissez vide.",
                );
                return None;
            }
            port
        }
    };
    let with = |password| {
        TypedRelay {
            host: form.serveur.trim(),
            port,
            security,
            user: form.identifiant.trim(),
            password,
        }
        .url()
    };
    match (with(&form.mot_de_passe), with(HIDDEN)) {
        (Ok(url), Ok(shown)) => Some((url.into(), Some(shown))),
        (Err(error), _) | (_, Err(error)) => {
            errors.push("serveur", url_words(error));
            None
        }
    }
}

const fn url_words(error: RelayUrlError) -> &'static str {
    match error {
        RelayUrlError::Malformed => {
            "Indiquez le nom du serveur, par exemple smtp.exemple.fr, sans «\u{202f}smtp://\u{202f}» ni port."
        }
        RelayUrlError::PasswordInClear => {
            "Sans chiffrement, le mot de passe circulerait en clair\u{202f}: choisissez TLS ou \
             STARTTLS."
        }
        RelayUrlError::UnknownTls => "Choisissez le chiffrement de la connexion.",
        RelayUrlError::NoCertificates => {
            "Les certificats de confiance de cette machine sont illisibles\u{202f}: installez \
             ca-certificates."
        }
    }
}

impl Told {
    fn new(trial: RelayTrial, shown: Option<String>) -> Self {
        let facts = trial.reached.map_or_else(Vec::new, |reached| {
            vec![
                if reached.is_encrypted {
                    "Connexion chiffrée."
                } else {
                    "Connexion non chiffrée."
                },
                if reached.has_smtputf8 {
                    "Les adresses accentuées sont acceptées."
                } else {
                    "Les adresses accentuées ne sont pas acceptées\u{202f}: pour ces personnes, \
                     une lettre est demandée."
                },
            ]
        });
        match trial.delivery {
            Delivery::HandedOver { code } => Self {
                has_left: true,
                words: format!("Le relais a accepté l’essai (réponse {code})."),
                remedy: None,
                facts,
                setting: shown,
            },
            Delivery::PutOff(obstacle) | Delivery::Refused(obstacle) => Self {
                has_left: false,
                words: obstacle_words(obstacle),
                remedy: Some(remedy(obstacle)),
                facts,
                setting: None,
            },
            Delivery::Written => Self {
                has_left: false,
                words: "L’essai n’est pas parti.".to_owned(),
                remedy: None,
                facts,
                setting: None,
            },
        }
    }
}

/// The address of whoever is signed in, if their account has one.
async fn own_address(state: &AppState, current: &CurrentStaff) -> Result<String, AppError> {
    let mut conn = state.pool.get().await?;
    let own = staff::account(&mut conn, current.id()).await?;
    Ok(own.and_then(|account| account.email).unwrap_or_default())
}

fn page(
    state: &AppState,
    current: &CurrentStaff,
    form: RelayForm,
    (trial, errors): (Option<Told>, FormErrors),
) -> Result<HttpResponse, AppError> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = RelayPage {
        shell: current.shell(state),
        form,
        has_relay: state.settings.mail.relay.is_some(),
        trial,
        errors,
    };
    html::page(status, &page)
}
