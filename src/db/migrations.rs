//! The migrations, compiled in and applied at start.

use diesel::QueryDsl;
use diesel_async::RunQueryDsl;
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::db::{Conn, DbError};

/// Every migration of `migrations/`, oldest first.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A migration could not be applied.
#[derive(Debug, thiserror::Error)]
#[error("migrations: {0}")]
pub struct MigrateError(String);

/// Applies what is missing and returns how many were applied.
///
/// One node at a time does it: the others wait for its advisory lock. The extensions live in
/// `public`, outside the migrations, because tests run these once per schema.
///
/// # Errors
/// When the database refuses one; those before it stay applied.
pub async fn apply(url: &str) -> Result<usize, MigrateError> {
    let failed = |error: &dyn std::fmt::Display| MigrateError(error.to_string());
    let conn = AsyncPgConnection::establish(url)
        .await
        .map_err(|error| failed(&error))?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        harness
            .run_pending_migrations(MIGRATIONS)
            .map(|applied| applied.len())
    })
    .await
    .map_err(|error| failed(&error))?
    .map_err(|error| failed(&error))
}

/// How many migrations the database has not seen yet.
///
/// # Errors
/// When the database fails; an empty database counts every migration as missing.
pub async fn count_pending(conn: &mut Conn) -> Result<usize, DbError> {
    use diesel::migration::{Migration, MigrationSource};

    let known: Vec<Box<dyn Migration<diesel::pg::Pg>>> = MIGRATIONS
        .migrations()
        .map_err(DbError::DeserializationError)?;
    let n_applied: i64 = migrations_table::table.count().get_result(conn).await?;
    Ok(known
        .len()
        .saturating_sub(usize::try_from(n_applied).unwrap_or_default()))
}

mod migrations_table {
    diesel::table! {
        #[sql_name = "__diesel_schema_migrations"]
        __diesel_schema_migrations (version) { version -> Text, }
    }
    pub(super) use __diesel_schema_migrations::table;
}
