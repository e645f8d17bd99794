//! Assembles the program from its parts: state, guards, routes, background work.

use std::net::TcpListener;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use anyhow::Context;
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Notify;

use crate::case::erase::Retention;
use crate::case::links::Links;
use crate::case::notices::Notices;
use crate::case::{Nature, Office};
use crate::clock::Clock;
use crate::config::{self, Mail, Settings, Switch};
use crate::db::Pool;
use crate::files::Clamd;
use crate::jobs::{self, Background};
use crate::keys::{KeyUse, MasterSecret};
use crate::mail::mailbox::Place;
use crate::mail::{AsciiAddress, Carrier, EmlFolder, Relay, Sender};
use crate::settings::{Book, Key, Live, Value};
use crate::staff::PasswordHasher;
use crate::web::staff::CountsCache;
use crate::web::{self, AppState, CatalogueCache, Keys, PreparedPages, PublicLimits, UploadSlots};

/// How long requests in progress may take when the server is asked to stop, in seconds.
const SHUTDOWN_SECONDS: u64 = 10;
/// Longest time an attempt with the relay may take: a batch of them fits in the hold on its rows.
const RELAY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long the background work sleeps when nothing rings.
const NAP: Duration = Duration::from_secs(5);

/// The state of the site, from its parts. `public_url` has no slash at its end.
///
/// # Errors
/// When a setting cannot be used.
pub fn state(
    pool: Pool,
    clock: Clock,
    secret: &MasterSecret,
    settings: Settings,
    public_url: String,
) -> anyhow::Result<Data<AppState>> {
    let live = Arc::new(Live::new(flags(&settings)?));
    let mailbox = mailbox(&settings.mailbox)?;
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Data::new(AppState {
        pool,
        clock,
        keys: Arc::new(Keys::derive(secret)),
        office: Arc::new(Office {
            links: Links::new(
                secret.key(KeyUse::Links),
                public_url.clone(),
                settings.limits.link_days,
            ),
            daily_cap: NonZeroU32::new(settings.mail.daily_cap),
            cancel_window: TimeDelta::seconds(settings.practice.cancel_window_seconds.into()),
            notices: Notices {
                site: public_url.clone(),
                settings: Arc::clone(&live),
            },
            settings: live,
        }),
        public_limits: PublicLimits::new(&settings.limits, &settings.files),
        upload_slots: UploadSlots::new(&settings.files, &settings.limits),
        scan_bell: Arc::new(Notify::new()),
        mailbox_folders: mailbox
            .as_ref()
            .map(jobs::Mailbox::names)
            .unwrap_or_default(),
        settings,
        public_url,
        outbox_bell: Arc::new(Notify::new()),
        hasher: PasswordHasher::new(n_cores),
        prepared: PreparedPages::default(),
        catalogue: CatalogueCache::default(),
        counts: CountsCache::default(),
    }))
}

/// What the flags say of what administrators can set.
fn flags(settings: &Settings) -> anyhow::Result<Book> {
    let Settings {
        mail,
        practice,
        retention,
        identity,
        ..
    } = settings;
    let second_reader = match practice.second_reader {
        Switch::On => Value::ON,
        Switch::Off => Value::OFF,
    };
    let request_target = practice.request_target_jours_ouvrables.to_string();
    let disagreement_target = practice.disagreement_target_jours_ouvrables.to_string();
    let archive_after = retention.archive_after_months.to_string();
    let given = identity.given().chain([
        (Key::RequestTarget.code(), request_target.as_str()),
        (Key::DisagreementTarget.code(), disagreement_target.as_str()),
        (Key::SecondReader.code(), second_reader),
        (Key::ArchiveAfter.code(), archive_after.as_str()),
        (Key::CustomerService.code(), mail.customer_service.as_str()),
        (
            Key::ComplianceEmail.code(),
            mail.compliance_email.as_deref().unwrap_or_default(),
        ),
    ]);
    let mut values = Vec::new();
    for (code, typed) in given {
        let key = Key::from_code(code).with_context(|| format!("no setting `{code}`"))?;
        let value =
            Value::parse(key, typed).with_context(|| format!("--{}", code.replace('_', "-")))?;
        values.extend(value.map(|value| (key, value.as_str().to_owned())));
    }
    Ok(Book::of_flags(values))
}

/// Reads what administrators set over the flags: before anything acts on them.
///
/// # Errors
/// When the database fails.
pub async fn read_settings(state: &AppState) -> anyhow::Result<()> {
    let mut conn = state.pool.get().await?;
    Ok(state.office.settings.reload(&mut conn).await?)
}

/// The background work of the site whose state this is; e-mails without a relay go to `data_dir`.
///
/// # Errors
/// When the sender or the relay cannot be used.
pub fn background(state: &AppState, data_dir: &Path) -> anyhow::Result<Background> {
    Ok(Background {
        pool: state.pool.clone(),
        clock: state.clock.clone(),
        carrier: carrier(&state.settings.mail, data_dir)?,
        bell: Arc::clone(&state.outbox_bell),
        outbox_key: Arc::clone(&state.keys.outbox),
        clamd: state.settings.files.clamd.as_deref().map(Clamd::new),
        scan_bell: Arc::clone(&state.scan_bell),
        pending_file_days: state.settings.limits.draft_days,
        notices: state.office.notices.clone(),
        staff_limits: state.staff_limits(),
        retention: Retention {
            complaint_years: state.settings.retention.keep_complaints_years,
            request_years: state.settings.retention.keep_requests_years,
        },
        mailbox: mailbox(&state.settings.mailbox)?,
        office: Arc::clone(&state.office),
        file_bytes: state.settings.files.file_bytes,
        data_dir: data_dir.to_owned(),
        settings: Arc::clone(&state.office.settings),
        nap: NAP,
    })
}

fn carrier(mail: &Mail, data_dir: &Path) -> anyhow::Result<Carrier> {
    let from = AsciiAddress::parse(&mail.sender).context("--sender")?;
    let sender = Sender {
        from,
        reply_to: None,
    };
    Ok(match &mail.relay {
        Some(url) => {
            let relay = Relay::new(url.expose_secret(), sender, RELAY_TIMEOUT);
            Carrier::Relay(relay.context("--relay")?)
        }
        None => Carrier::Folder(EmlFolder::new(data_dir, sender)),
    })
}

/// The mailbox and its folders; none when none is set.
fn mailbox(set: &config::Mailbox) -> anyhow::Result<Option<jobs::Mailbox>> {
    let Some(url) = &set.mailbox else {
        return Ok(None);
    };
    let password = match &set.mailbox_password_file {
        Some(file) => Some(SecretString::from(
            std::fs::read_to_string(file).context("--mailbox-password-file")?,
        )),
        None => None,
    };
    let password = password.as_ref().map(ExposeSecret::expose_secret);
    let place = Place::parse(url.expose_secret(), password).context("--mailbox")?;
    let mut folders = vec![(place.folder().unwrap_or("INBOX").to_owned(), None)];
    for named in &set.mailbox_folders {
        let (folder, nature) = match named.rsplit_once('=') {
            Some((folder, "complaint")) => (folder, Some(Nature::Complaint)),
            Some((folder, "contact")) => (folder, Some(Nature::InformationRequest)),
            Some(_) => {
                anyhow::bail!("--mailbox-folder: `{named}` is neither complaint nor contact")
            }
            None => (named.as_str(), None),
        };
        folders.retain(|(known, _)| known != folder);
        folders.push((folder.to_owned(), nature));
    }
    Ok(Some(jobs::Mailbox { place, folders }))
}

/// The server, listening but not yet driven: await it, or spawn it.
///
/// # Errors
/// When the listener cannot be used.
pub fn server(state: Data<AppState>, listener: TcpListener) -> std::io::Result<Server> {
    let n_workers = state.settings.site.workers;
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .wrap(from_fn(web::refuse_other_sites))
            .wrap(from_fn(web::answer_head_as_get))
            .wrap(from_fn(web::give_errors_a_page))
            .wrap(web::security_headers(state.is_https()))
            .configure(|site| web::routes(site, &state))
    })
    .client_request_timeout(Duration::from_secs(15))
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals();
    let server = match n_workers {
        Some(n) => server.workers(n),
        None => server,
    };
    Ok(server.listen(listener)?.run())
}
