//! The migrations, compiled in and applied at start.

use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

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
