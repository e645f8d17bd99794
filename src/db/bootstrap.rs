//! What a database needs before it can be used: to exist, its extensions, its migrations.
//!
//! Extensions live in `public` and outside the migrations, which tests run once per schema.

use diesel_async::SimpleAsyncConnection;
use tokio_postgres::NoTls;

use crate::db::connect;
use crate::db::migrations::{self, MigrateError};

/// One session at a time prepares a database: a number of ours, shared by every node.
const LOCK: i64 = 0x7265_636c_616d_0001;

/// A database could not be prepared.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BootstrapError(String);

/// Makes the extensions that are missing, applies the migrations that are missing, and returns how
/// many were applied.
///
/// # Errors
/// When the database refuses a migration; those before it stay applied.
pub async fn prepare(url: &str) -> Result<usize, MigrateError> {
    add_extensions(url).await;
    migrations::apply(url).await
}

/// Makes the extensions in `public` if they are missing.
///
/// A role without the right to do so gets a warning in the log: an administrator may have made
/// them, or may make them later.
pub async fn add_extensions(url: &str) {
    if let Err(error) = try_add_extensions(url).await {
        tracing::warn!(
            "the extension `unaccent` could not be made in schema `public` ({error}): \
             an administrator of the database can do it"
        );
    }
}

async fn try_add_extensions(url: &str) -> Result<(), BootstrapError> {
    let failed = |error: &dyn std::fmt::Display| BootstrapError(error.to_string());
    let mut conn = connect(url).await.map_err(|error| failed(&error))?;
    // The lock goes with the session.
    conn.batch_execute(&format!(
        "SELECT pg_advisory_lock({LOCK}); \
         CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public"
    ))
    .await
    .map_err(|error| failed(&error))
}

/// Connects to a private server and hangs up.
pub(super) async fn probe(url: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let driving = tokio::spawn(connection);
    drop(client);
    driving.await.unwrap_or(Ok(()))
}

/// Makes a role and a database of the same name that it owns, as the superuser of `server`.
pub(super) async fn make_database(server: &str, name: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await?;
    tokio::spawn(connection);
    let role = "SELECT 1 FROM pg_roles WHERE rolname = $1";
    if client.query_opt(role, &[&name]).await?.is_none() {
        client
            .batch_execute(&format!("CREATE ROLE {name} LOGIN"))
            .await?;
    }
    let database = "SELECT 1 FROM pg_database WHERE datname = $1";
    if client.query_opt(database, &[&name]).await?.is_none() {
        client
            .batch_execute(&format!("CREATE DATABASE {name} OWNER {name}"))
            .await?;
    }
    Ok(())
}
