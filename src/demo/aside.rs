//! Indexes that wait aside while a large demonstration is written: made at the end, from rows that
//! are there, each takes a fraction of the time.

use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::db::{Conn, DbError};

/// A demonstration of so many cases and more is large.
const LARGE: u32 = 20_000;

/// A table remembers what waits, so that the next demonstration makes it if this one is cut short.
const REMEMBER: &str = "CREATE TABLE IF NOT EXISTS demo_indexes_aside (definition TEXT NOT NULL)";

/// Indexes of the tables that are filled, but for those that a constraint or a rule stands on.
const FIND: &str = "\
    INSERT INTO demo_indexes_aside \
    SELECT replace(pg_get_indexdef(i.indexrelid), ' INDEX ', ' INDEX IF NOT EXISTS ') \
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid \
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisunique \
      AND c.relname IN ('cases', 'filings', 'outbox', 'messages', 'notes', 'postal_tasks', 'answers', \
                        'case_search')";

const DROP: &str = "\
    DO $$ DECLARE name REGCLASS; BEGIN \
    FOR name IN SELECT i.indexrelid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid \
        WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisunique \
          AND c.relname IN ('cases', 'filings', 'outbox', 'messages', 'notes', 'postal_tasks', \
                            'answers', 'case_search') \
    LOOP EXECUTE 'DROP INDEX ' || name; END LOOP; END $$";

/// Lays the indexes aside if many cases are to be written into tables that hold none.
pub(super) async fn lay(conn: &mut Conn, n_cases: u32, is_empty: bool) -> Result<(), DbError> {
    if n_cases < LARGE || !is_empty {
        return Ok(());
    }
    conn.batch_execute(&format!("BEGIN; {REMEMBER}; {FIND}; {DROP}; COMMIT"))
        .await
}

#[derive(diesel::QueryableByName)]
struct Waiting {
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Makes the indexes that wait, if any do.
pub(super) async fn put_back(conn: &mut Conn) -> Result<(), DbError> {
    conn.batch_execute(REMEMBER).await?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the table is there for the time of a demonstration alone"
    )]
    let waiting: Vec<Waiting> = diesel::sql_query("SELECT definition FROM demo_indexes_aside")
        .load(conn)
        .await?;
    // Room to sort in, for the indexes and then for the seals.
    conn.batch_execute("SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'")
        .await?;
    for index in waiting {
        conn.batch_execute(&index.definition).await?;
    }
    conn.batch_execute("DROP TABLE demo_indexes_aside").await
}
