//! Opens connections to the database, encrypted when its address asks for it.

use diesel::{ConnectionError, ConnectionResult};
use futures_util::FutureExt;
use rustls::ClientConfig;
use tokio::runtime::Handle;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::db::Conn;

/// Opens one connection outside the pool, driven by the current runtime.
///
/// # Errors
/// When the URL cannot be read or the database does not answer.
pub async fn connect(url: &str) -> ConnectionResult<Conn> {
    open(&parse(url)?, &Handle::current()).await
}

/// Reads a database URL.
pub(super) fn parse(url: &str) -> ConnectionResult<Config> {
    url.parse().map_err(|error: tokio_postgres::Error| {
        ConnectionError::InvalidConnectionUrl(words(&error))
    })
}

/// Opens one connection and lets `driver` drive it.
pub(super) async fn open(settings: &Config, driver: &Handle) -> ConnectionResult<Conn> {
    Conn::try_from(client(settings, driver).await?).await
}

/// The same without the query builder.
pub(super) async fn client(settings: &Config, driver: &Handle) -> ConnectionResult<Client> {
    let bad = |error: tokio_postgres::Error| ConnectionError::BadConnection(words(&error));
    if matches!(settings.get_ssl_mode(), SslMode::Disable) || is_local(settings) {
        let (client, connection) = settings.connect(tokio_postgres::NoTls).await.map_err(bad)?;
        driver.spawn(connection.map(drop));
        Ok(client)
    } else {
        let tls = MakeRustlsConnect::new(tls_settings());
        let (client, connection) = settings.connect(tls).await.map_err(bad)?;
        driver.spawn(connection.map(drop));
        Ok(client)
    }
}

fn is_local(settings: &Config) -> bool {
    settings
        .get_hosts()
        .iter()
        .all(|host| matches!(host, Host::Unix(_)))
}

/// The error with its cause: tokio-postgres prints only the kind.
pub(super) fn words(error: &tokio_postgres::Error) -> String {
    use std::error::Error;
    error
        .source()
        .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

fn tls_settings() -> ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
