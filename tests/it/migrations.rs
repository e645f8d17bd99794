//! Every migration can be undone, and the code tells the truth about what they made.

use std::collections::BTreeSet;
use std::time::Duration;

use diesel::sql_types::Text;
use reclamations::db::{Conn, Pool, connect, fixed, migrations};

use crate::support::database::TestDatabase;

#[tokio::test]
async fn every_down_undoes_its_up() {
    let database = TestDatabase::empty().await;
    let url = database.url().await;
    let n_all = migrations::apply(&url).await.unwrap();
    let full = catalogue(&database).await;
    assert!(
        full.iter().any(|line| line.starts_with("column cases.")),
        "the list sees tables"
    );
    for kind in [
        "constraint",
        "index",
        "statistics",
        "trigger",
        "function",
        "comment",
    ] {
        assert!(
            full.iter().any(|line| line.starts_with(kind)),
            "the list sees each {kind}"
        );
    }
    assert_eq!(migrations::revert_all(&url).await.unwrap(), n_all);
    assert_eq!(catalogue(&database).await, BTreeSet::new());
    assert_eq!(migrations::apply(&url).await.unwrap(), n_all);
    assert_eq!(catalogue(&database).await, full);
}

/// Of the others, the pages of a case read what is in force, by an index of that alone; or its files.
#[tokio::test]
async fn whatever_belongs_to_a_case_is_found_by_the_case() {
    const WITHOUT: &str = "
        SELECT relname::text FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attname = 'case_id'
          AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indkey[0] = attnum AND indpred IS NULL)
        ORDER BY relname";
    let database = TestDatabase::new().await;
    let rows = database.rows(WITHOUT).await;
    let found: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    let files_and_rare = "case_files case_links legal_holds letters_owed mediations requalifications \
                          restrictions withdrawals_taken";
    assert_eq!(found.join(" "), files_and_rare);
}

#[tokio::test]
async fn pending_migrations_are_counted_from_none_to_all() {
    let database = TestDatabase::empty().await;
    let mut conn = database.conn().await;
    let n_missing = migrations::count_pending(&mut conn).await.unwrap();
    let n_applied = migrations::apply(&database.url().await).await.unwrap();
    assert_eq!(n_missing, n_applied);
    assert_eq!(migrations::count_pending(&mut conn).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_migrate_at_once_wait_for_each_other() {
    let database = TestDatabase::empty().await;
    let url = database.url().await;
    let nodes: Vec<_> = (0..4)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { migrations::apply(&url).await.unwrap() })
        })
        .collect();
    let mut applied = Vec::new();
    for node in nodes {
        applied.push(node.await.unwrap());
    }
    applied.sort_unstable();
    assert_eq!(applied.first(), Some(&0));
    assert!(applied.last().is_some_and(|all| *all > 0));
    assert_eq!(applied.iter().filter(|n| **n > 0).count(), 1);
}

/// The planner may be told to compile what it believes to be long.
#[tokio::test(flavor = "multi_thread")]
async fn connections_of_the_pool_compile_no_statement() {
    let database = TestDatabase::empty().await;
    let told = database
        .url()
        .await
        .replace("-c%20", "-c%20jit%3Don%20-c%20");
    let mut conn = connect(&told).await.unwrap();
    assert_eq!(jit(&mut conn).await, "on");
    let pool = Pool::new(&told, 1, Duration::from_secs(10)).unwrap();
    let mut conn = pool.get().await.unwrap();
    assert_eq!(jit(&mut conn).await, "off");
}

async fn jit(conn: &mut Conn) -> String {
    let asked = diesel::select(fixed::<Text>("current_setting('jit')"));
    diesel_async::RunQueryDsl::get_result(asked, conn)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_generated_schema_tells_the_truth() {
    let database = TestDatabase::new().await;
    let columns = database
        .rows(
            "SELECT table_name::text, column_name::text, udt_name::text, is_nullable::text
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_diesel%'
               AND table_name NOT IN (SELECT viewname FROM pg_views WHERE schemaname = current_schema())
               -- The query builder has no text search.
               AND table_name <> 'case_search'
             ORDER BY table_name, ordinal_position",
        )
        .await;
    let real: Vec<String> = columns
        .iter()
        .map(|row| {
            let kind = diesel_type(row.get(2));
            let kind = match row.get(3) {
                "YES" => format!("Nullable<{kind}>"),
                _ => kind,
            };
            format!(
                "{}.{} -> {kind}",
                row.get::<_, &str>(0),
                row.get::<_, &str>(1)
            )
        })
        .collect();
    assert_eq!(told(include_str!("../../src/db/schema.rs")), real);
}

/// Diesel's name of a PostgreSQL type: `timestamptz` is `Timestamptz`, `_text` an array of texts.
fn diesel_type(name: &str) -> String {
    if let Some(element) = name.strip_prefix('_') {
        return format!("Array<Nullable<{}>>", diesel_type(element));
    }
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

/// The columns that the generated file tells of, in its order.
fn told(schema: &str) -> Vec<String> {
    let mut table = "";
    let mut columns = Vec::new();
    for line in schema.lines().map(str::trim) {
        if let Some((name, _)) = line
            .strip_suffix(") {")
            .and_then(|line| line.split_once(" ("))
        {
            table = name;
        } else if let Some((column, kind)) = line.split_once(" -> ")
            && let Some(kind) = kind.strip_suffix(',')
        {
            columns.push(format!("{table}.{column} -> {kind}"));
        }
    }
    columns
}

/// Everything the migrations made, one line each, without the name of the schema.
async fn catalogue(database: &TestDatabase) -> BTreeSet<String> {
    const LIST: &str = r"
        WITH ours AS (
            SELECT c.oid, c.relname FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace
              AND c.relname !~ '^__diesel' AND c.relkind IN ('r', 'v', 'S')
        )
        SELECT concat_ws(' ', 'column', table_name || '.' || column_name, data_type, is_nullable,
                         column_default, generation_expression, identity_generation)
        FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name !~ '^__diesel'
        UNION ALL
        SELECT 'constraint ' || conname || ' on ' || relname || ' ' || pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN ours ON ours.oid = k.conrelid
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes
        WHERE schemaname = current_schema() AND tablename !~ '^__diesel'
        UNION ALL
        SELECT 'statistics ' || pg_get_statisticsobjdef(s.oid)
        FROM pg_statistic_ext s WHERE s.stxnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT 'trigger ' || pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN ours ON ours.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL
        SELECT 'function ' || pg_get_functiondef(p.oid)
        FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
        UNION ALL
        SELECT concat_ws(' ', 'comment', relname, d.objsubid, d.description)
        FROM pg_description d JOIN ours ON ours.oid = d.objoid AND d.classoid = 'pg_class'::regclass
        UNION ALL
        SELECT 'other ' || relkind::text || ' ' || relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace
          AND relkind NOT IN ('r', 'i') AND relname !~ '^__diesel'
        UNION ALL
        SELECT 'type ' || typname FROM pg_type
        WHERE typnamespace = current_schema()::regnamespace AND typname !~ '^_?__diesel'";
    let rows = database.rows(LIST).await;
    rows.iter()
        .map(|row| row.get::<_, String>(0).replace(database.schema(), "…"))
        .collect()
}
