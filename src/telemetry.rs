//! The log: to standard error, one line per event, never personal data.
//!
//! Never logged: names, addresses, narratives, bodies, cookies, tokens, nor the details of a
//! database error (a unique violation quotes the value).

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// PostgreSQL sends a notice for everything that is already as asked.
const DEFAULT: &str = "info,tokio_postgres=warn";

/// Starts the log; `RUST_LOG` narrows or widens it.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .try_init();
    if started.is_err() {
        tracing::debug!("the log had started already");
    }
}
