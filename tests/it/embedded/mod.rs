//! The private PostgreSQL.

mod crash;
mod place;
mod sharing;

use std::path::Path;

use diesel_async::SimpleAsyncConnection;
use reclamations::db::connect;
use reclamations::db::embedded::{self, Durability, EmbeddedError, Options, Server};

use crate::support::database::TestDatabase;
use crate::support::folder::TestFolder;

/// Starts the private server of `data_dir`. Root's folders that cannot hold their database have it
/// in `state` of the test's folder.
async fn start(folder: &TestFolder, data_dir: &Path) -> Result<Server, EmbeddedError> {
    let options = Options {
        durability: Durability::Throwaway,
        state_folder: folder.path().join("state"),
    };
    embedded::start(data_dir, options).await
}

/// Runs statements as the program would.
async fn run(server: &Server, sql: &str) -> Result<(), String> {
    let mut conn = connect(&server.url()).await.map_err(|e| e.to_string())?;
    conn.batch_execute(sql).await.map_err(|e| e.to_string())
}

/// Leaves a trace that another start can look for.
async fn write_mark(server: &Server) {
    run(server, "CREATE TABLE mark (); CREATE SCHEMA marked")
        .await
        .unwrap();
}

/// Whether the trace is there.
async fn has_mark(server: &Server) -> bool {
    run(server, "SELECT 1").await.unwrap();
    run(server, "SELECT FROM mark").await.is_ok()
}

#[tokio::test]
async fn only_the_superuser_can_silence_the_triggers_of_the_journal() {
    const SILENCE: &str = "SET session_replication_role = replica";
    let database = TestDatabase::new().await;
    let mut ours = database.pool().await.get().await.unwrap();
    assert!(ours.batch_execute(SILENCE).await.is_err());
    let mut all = connect(&database.superuser_url().await).await.unwrap();
    all.batch_execute(SILENCE).await.unwrap();
}

#[tokio::test]
async fn the_program_makes_its_extensions_without_being_superuser() {
    let database = TestDatabase::new().await;
    let rows = database
        .rows("SELECT public.unaccent('Réclamé à Noël')")
        .await;
    assert_eq!(rows[0].get::<_, &str>(0), "Reclame a Noel");
}

#[tokio::test]
async fn each_test_has_a_schema_of_its_own() {
    let first = TestDatabase::new().await;
    let second = TestDatabase::new().await;
    assert_ne!(first.schema(), second.schema());
    let mut conn = first.conn().await;
    conn.batch_execute("CREATE TABLE only_here ()")
        .await
        .unwrap();
    let mut other = second.conn().await;
    assert!(other.batch_execute("SELECT FROM only_here").await.is_err());
}
