//! The migrations, compiled in and applied at start.

use diesel::QueryDsl;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sql_types::Text;
use diesel_async::{AsyncMigrationHarness, RunQueryDsl, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::db::{Conn, DbError, connect};

/// Every migration of `migrations/`, oldest first.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A migration could not be applied.
#[derive(Debug, thiserror::Error)]
#[error("migrations: {0}")]
pub struct MigrateError(String);

/// Applies what is missing and returns how many were applied.
///
/// One node at a time does it: the others wait for its advisory lock, which goes with its
/// connection. The tables go to the schema that the URL's `search_path` names first; the
/// extensions live in `public`, outside the migrations ([`crate::db::bootstrap`]).
///
/// # Errors
/// When the database refuses one; those before it stay applied.
pub async fn apply(url: &str) -> Result<usize, MigrateError> {
    run(url, |harness| {
        harness
            .run_pending_migrations(MIGRATIONS)
            .map(|applied| applied.len())
    })
    .await
}

/// Undoes every migration, newest first, and returns how many were undone.
///
/// # Errors
/// When the database refuses one; those undone before it stay undone.
pub async fn revert_all(url: &str) -> Result<usize, MigrateError> {
    run(url, |harness| {
        harness
            .revert_all_migrations(MIGRATIONS)
            .map(|reverted| reverted.len())
    })
    .await
}

/// Works on the migrations of one schema, alone.
async fn run(
    url: &str,
    work: impl FnOnce(&mut AsyncMigrationHarness<Conn>) -> diesel::migration::Result<usize>
    + Send
    + 'static,
) -> Result<usize, MigrateError> {
    let failed = |error: &dyn std::fmt::Display| MigrateError(error.to_string());
    let mut conn = connect(url).await.map_err(|error| failed(&error))?;
    conn.batch_execute(LOCK)
        .await
        .map_err(|error| failed(&error))?;
    // The harness blocks its thread.
    tokio::task::spawn_blocking(move || work(&mut AsyncMigrationHarness::new(conn)))
        .await
        .map_err(|error| failed(&error))?
        .map_err(|error| failed(&error))
}

/// Waits for the nodes that migrate the same schema; others, as in tests, go on beside.
const LOCK: &str = "SELECT pg_advisory_lock(4281163, hashtext(current_schema()))";

/// How many migrations the database has not seen yet; an empty one has seen none.
///
/// # Errors
/// When the database fails.
pub async fn count_pending(conn: &mut Conn) -> Result<usize, DbError> {
    let known: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS
        .migrations()
        .map_err(DbError::DeserializationError)?;
    let table: Option<u32> = diesel::select(to_regclass("__diesel_schema_migrations"))
        .get_result(conn)
        .await?;
    let applied: Vec<String> = if table.is_some() {
        migrations_table::table
            .select(migrations_table::version)
            .load(conn)
            .await?
    } else {
        Vec::new()
    };
    let versions = known.iter().map(|each| each.name().version().to_string());
    Ok(versions
        .filter(|version| !applied.contains(version))
        .count())
}

diesel::define_sql_function! {
    /// The number of a table on the search path, or nothing.
    fn to_regclass(name: Text) -> Nullable<Oid>;
}

mod migrations_table {
    diesel::table! {
        #[sql_name = "__diesel_schema_migrations"]
        __diesel_schema_migrations (version) { version -> Text, }
    }
    pub(super) use __diesel_schema_migrations::{table, version};
}
