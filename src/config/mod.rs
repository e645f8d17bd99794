//! Every setting of the program: a flag, its environment variable, its default.

mod files;
mod identity;
mod mailbox;
mod practice;
mod retention;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use secrecy::SecretString;
use url::Url;

pub use files::Files;
pub use identity::LegalIdentity;
pub use mailbox::Mailbox;
pub use practice::Practice;
pub use retention::Retention;

/// Where the database and the installation's own files are.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// PostgreSQL to use; without it the program runs a private one in the data folder
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<SecretString>,
    /// Data folder: private PostgreSQL, secret key, e-mails written for want of a relay
    #[arg(
        long,
        env = "RECLAMATIONS_DATA_DIR",
        default_value = "var",
        value_name = "FOLDER"
    )]
    pub data_dir: PathBuf,
    /// File of the installation's secret key, at least 32 bytes; compulsory with --database-url
    #[arg(long, env = "RECLAMATIONS_SECRET_KEY_FILE", value_name = "FILE")]
    pub secret_key_file: Option<PathBuf>,
    /// Most database connections held at once
    #[arg(
        long,
        env = "RECLAMATIONS_POOL_SIZE",
        default_value_t = 16,
        value_name = "N"
    )]
    pub pool_size: usize,
}

/// How the site is reached.
#[derive(Args, Clone, Debug)]
pub struct Site {
    /// Address and port to listen on
    #[arg(
        long,
        env = "RECLAMATIONS_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,
    /// Address of the site as people type it; links in e-mails begin with it [default: the listening
    /// address, over http]
    #[arg(long, env = "RECLAMATIONS_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<Url>,
    /// Reverse proxy whose X-Forwarded-For is believed; can be given several times
    #[arg(
        long = "trusted-proxy",
        env = "RECLAMATIONS_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "IP"
    )]
    pub trusted_proxies: Vec<IpAddr>,
    /// Threads that serve requests [default: one per core]
    #[arg(long, env = "RECLAMATIONS_WORKERS", value_name = "N")]
    pub workers: Option<usize>,
}

/// How e-mails leave.
#[derive(Args, Clone, Debug)]
pub struct Mail {
    /// Relay that takes our e-mails, such as `smtps://user:password@relay.example`; without it they
    /// are written to the data folder and nothing is sent
    #[arg(
        long,
        env = "RECLAMATIONS_RELAY",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub relay: Option<SecretString>,
    /// Sender of automatic e-mails, ASCII only
    #[arg(long, env = "RECLAMATIONS_SENDER", default_value = crate::firm::CONTACT_EMAIL, value_name = "E-MAIL")]
    pub sender: String,
    /// Who is told of new information requests, ASCII only
    #[arg(long, env = "RECLAMATIONS_CUSTOMER_SERVICE", default_value = crate::firm::CONTACT_EMAIL, value_name = "E-MAIL")]
    pub customer_service: String,
    /// Who is told that nine tenths of a legal clock are over, ASCII only; the supervisors are when
    /// nobody is named
    #[arg(long, env = "RECLAMATIONS_COMPLIANCE_EMAIL", value_name = "E-MAIL")]
    pub compliance_email: Option<String>,
    /// Most e-mails to one address in a day; more are delayed, never dropped
    #[arg(
        long,
        env = "RECLAMATIONS_DAILY_MAIL_CAP",
        default_value_t = 20,
        value_name = "N"
    )]
    pub daily_cap: u32,
}

/// A switch that reads well on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// In force.
    On,
    /// Switched off.
    Off,
}

/// Bounds on what visitors may do and on how long things last.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Rate limits; switch them off only for a load test
    #[arg(long, env = "RECLAMATIONS_RATE_LIMITS", value_enum, default_value_t = Switch::On)]
    pub rate_limits: Switch,
    /// Filings accepted from one address in an hour
    #[arg(
        long,
        env = "RECLAMATIONS_FILINGS_PER_HOUR",
        default_value_t = 30,
        value_name = "N"
    )]
    pub filings_per_hour: u32,
    /// Messages and other acts accepted from the person of one case in an hour
    #[arg(
        long,
        env = "RECLAMATIONS_CASE_ACTS_PER_HOUR",
        default_value_t = 30,
        value_name = "N"
    )]
    pub case_acts_per_hour: u32,
    /// Drafts begun from one address in an hour
    #[arg(
        long,
        env = "RECLAMATIONS_DRAFTS_PER_HOUR",
        default_value_t = 120,
        value_name = "N"
    )]
    pub drafts_per_hour: u32,
    /// Links to a draft sent from one address, and for one draft, in an hour
    #[arg(
        long,
        env = "RECLAMATIONS_LINKS_PER_HOUR",
        default_value_t = 6,
        value_name = "N"
    )]
    pub links_per_hour: u32,
    /// Seconds under which a filing is taken for a robot's, and asked to confirm once more
    #[arg(
        long,
        env = "RECLAMATIONS_SHORTEST_FILING_SECONDS",
        default_value_t = 5,
        value_name = "SECONDS"
    )]
    pub shortest_filing_seconds: u32,
    /// Minutes a case stays open for its person after they gave its code
    #[arg(
        long,
        env = "RECLAMATIONS_FOLLOWING_MINUTES",
        default_value_t = 30,
        value_name = "MINUTES"
    )]
    pub following_minutes: u32,
    /// Wrong codes or passwords accepted from one address in a quarter of an hour
    #[arg(
        long,
        env = "RECLAMATIONS_GUESSES_PER_QUARTER",
        default_value_t = 20,
        value_name = "N"
    )]
    pub guesses_per_quarter: u32,
    /// Days a draft is kept
    #[arg(
        long,
        env = "RECLAMATIONS_DRAFT_DAYS",
        default_value_t = 7,
        value_name = "DAYS"
    )]
    pub draft_days: u32,
    /// Days a link in an e-mail works
    #[arg(
        long,
        env = "RECLAMATIONS_LINK_DAYS",
        default_value_t = 30,
        value_name = "DAYS"
    )]
    pub link_days: u32,
    /// Minutes without activity after which a staff session ends
    #[arg(
        long,
        env = "RECLAMATIONS_SESSION_IDLE_MINUTES",
        default_value_t = 30,
        value_name = "MINUTES"
    )]
    pub session_idle_minutes: u32,
    /// Hours after which a staff session ends in any case
    #[arg(
        long,
        env = "RECLAMATIONS_SESSION_HOURS",
        default_value_t = 12,
        value_name = "HOURS"
    )]
    pub session_hours: u32,
    /// Hours a one-time link to a staff account works
    #[arg(
        long,
        env = "RECLAMATIONS_ACCOUNT_LINK_HOURS",
        default_value_t = 24,
        value_name = "HOURS"
    )]
    pub account_link_hours: u32,
    /// Largest form, in bytes
    #[arg(long, env = "RECLAMATIONS_FORM_BYTES", default_value_t = 2 * 1024 * 1024, value_name = "BYTES")]
    pub form_bytes: usize,
    /// Seconds a request waits for a database connection before it is answered 503
    #[arg(
        long,
        env = "RECLAMATIONS_DATABASE_WAIT_SECONDS",
        default_value_t = 5,
        value_name = "SECONDS"
    )]
    pub database_wait_seconds: u64,
}

/// The settings of the site, together.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// How the site is reached.
    #[command(flatten)]
    pub site: Site,
    /// How e-mails leave.
    #[command(flatten)]
    pub mail: Mail,
    /// How e-mails arrive.
    #[command(flatten)]
    pub mailbox: Mailbox,
    /// Bounds.
    #[command(flatten)]
    pub limits: Limits,
    /// Files that people send.
    #[command(flatten)]
    pub files: Files,
    /// How cases are handled.
    #[command(flatten)]
    pub practice: Practice,
    /// How long cases are kept.
    #[command(flatten)]
    pub retention: Retention,
    /// The firm's legal identity.
    #[command(flatten)]
    pub identity: LegalIdentity,
}

impl Settings {
    /// Address of the site without a slash at its end; `listening` is where it answers.
    pub fn public_url(&self, listening: SocketAddr) -> String {
        let url = self
            .site
            .public_url
            .as_ref()
            .map_or_else(|| format!("http://{listening}"), ToString::to_string);
        url.trim_end_matches('/').to_owned()
    }
}
