//! What every handler can reach.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use tokio::sync::Notify;

use crate::calendar;
use crate::case::Office;
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::Pool;
use crate::keys::{Key, KeyUse, MasterSecret};
use crate::settings::{self, Book};
use crate::staff::{PasswordHasher, StaffLimits};
use crate::web::staff::CountsCache;
use crate::web::{CatalogueCache, PreparedPages, PublicLimits, UploadSlots};

/// The state of the site, shared by its workers.
pub struct AppState {
    /// Connections to the database.
    pub pool: Pool,
    /// The time.
    pub clock: Clock,
    /// Keys, one per use.
    pub keys: Arc<Keys>,
    /// What acts need to know of the office.
    pub office: Arc<Office>,
    /// Settings.
    pub settings: Settings,
    /// Address of the site as people type it, without a slash at its end.
    pub public_url: String,
    /// Folders of the mailbox that are read, by mailbox and name.
    pub mailbox_folders: Vec<(String, String)>,
    /// Rung when an e-mail was queued, so that it leaves at once.
    pub outbox_bell: Arc<Notify>,
    /// Rung when a file waits to be scanned.
    pub scan_bell: Arc<Notify>,
    /// How many files may arrive at the same time.
    pub upload_slots: UploadSlots,
    /// Hashes and verifies the passwords of staff.
    pub hasher: PasswordHasher,
    /// How often the public may try.
    pub public_limits: PublicLimits,
    /// Pages that are the same for everyone.
    pub prepared: PreparedPages,
    /// Products and subjects that a form offers.
    pub catalogue: CatalogueCache,
    /// Counts on the tabs of the inbox.
    pub counts: CountsCache,
}

impl AppState {
    /// The settings of the back office, as they are now.
    pub fn book(&self) -> Arc<Book> {
        self.office.settings.book()
    }

    /// The complaints address without accent, if the firm gave one (R80).
    pub fn complaints_alias(&self) -> Option<String> {
        self.book()
            .text(settings::Key::ComplaintsAlias)
            .map(str::to_owned)
    }

    /// Today in Paris.
    pub fn today(&self) -> NaiveDate {
        calendar::paris_date(self.clock.now())
    }

    /// Cases that ended before this day of the Paris calendar are archived.
    pub fn archived_before(&self) -> NaiveDate {
        self.book().archived_before(self.today())
    }

    /// Whether people reach the site over https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https:")
    }

    /// Whether files are scanned before they are given out.
    pub const fn has_scanner(&self) -> bool {
        self.settings.files.clamd.is_some()
    }

    /// The limits of staff accounts and sessions, as set.
    pub fn staff_limits(&self) -> StaffLimits {
        let limits = &self.settings.limits;
        StaffLimits {
            session_idle: TimeDelta::minutes(limits.session_idle_minutes.into()),
            session_absolute: TimeDelta::hours(limits.session_hours.into()),
            link_lifetime: TimeDelta::hours(limits.account_link_hours.into()),
            ..StaffLimits::default()
        }
    }
}

/// Keys derived once from the installation's secret.
#[derive(Debug)]
pub struct Keys {
    /// Signs session cookies.
    pub cookies: Key,
    /// Signs anti-forgery tokens.
    pub csrf: Key,
    /// Makes access codes.
    pub access_codes: Key,
    /// Signs the cookie that keeps a case open for its person.
    pub following: Key,
    /// Signs the links and the cookies that take up a draft on another browser.
    pub drafts: Key,
    /// Encrypts TOTP secrets.
    pub totp: Key,
    /// Makes the digests of the addresses that staff sign in from.
    pub places: Key,
    /// Encrypts the secrets of e-mails that wait; the background work opens them.
    pub outbox: Arc<Key>,
}

impl Keys {
    /// Derives every key.
    pub fn derive(secret: &MasterSecret) -> Self {
        Self {
            cookies: secret.key(KeyUse::Cookies),
            csrf: secret.key(KeyUse::Csrf),
            access_codes: secret.key(KeyUse::AccessCodes),
            following: secret.key(KeyUse::Following),
            drafts: secret.key(KeyUse::Drafts),
            totp: secret.key(KeyUse::Totp),
            places: secret.key(KeyUse::Places),
            outbox: Arc::new(secret.key(KeyUse::Outbox)),
        }
    }
}
