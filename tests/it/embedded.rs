//! The private PostgreSQL.

use diesel_async::SimpleAsyncConnection;
use reclamations::db::connect;

use crate::support::database::TestDatabase;

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
