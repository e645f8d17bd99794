//! The lists of the back office at 100,000 cases: what PostgreSQL does for a page of each.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Json;
use diesel_async::RunQueryDsl;
use reclamations::case::inbox::{self, Cursor, List};
use reclamations::case::{CaseId, StaffId};
use reclamations::db::Conn;
use reclamations::demo::{self, Demo};
use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const N_CASES: u32 = 100_000;
/// The present of the demonstration.
const AT: &str = "2026-11-23T09:00:00Z";
/// Most rows that PostgreSQL may read for a page of 50 lines.
const MOST_ROWS: u64 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_100_000_cases_a_page_reads_its_lines_and_no_others() {
    let database = TestDatabase::new().await;
    let demo = Demo {
        n_cases: N_CASES,
        seed: 1,
        at: AT.parse::<DateTime<Utc>>().unwrap(),
    };
    demo::fill(&database.url().await, &demo).await.unwrap();
    plans(&database).await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    statements(&app, &counter).await;
}

/// The plan of every list, at its beginning and far down.
async fn plans(database: &TestDatabase) {
    let mut conn = database.conn().await;
    for (list, condition, key) in [
        (List::Open, OPEN, "next_due_on, id"),
        (List::Requests, OPEN_REQUESTS, "next_due_on, id"),
        (
            List::Of(busiest(database).await),
            OPEN_OF_BUSIEST,
            "next_due_on, id",
        ),
        (List::Answered, "status = 'answered'", "next_due_on, id"),
        (
            List::Ended,
            "status IN ('closed', 'withdrawn')",
            "closed_on DESC, id DESC",
        ),
    ] {
        let far_down = far_down(database, condition, key).await;
        for after in [None, Some(far_down)] {
            let plan = plan_of(&mut conn, list, after).await;
            let what = format!("{list:?} after {after:?}: {plan:#}");
            let nodes = nodes(&plan);
            let is_costly = |node: &Node<'_>| node.is("Sort") || node.is("Seq Scan");
            assert!(!nodes.iter().any(is_costly), "{what}");
            assert!(nodes.iter().any(|node| node.is("Index Scan")), "{what}");
            let n_read: u64 = nodes.iter().map(Node::rows_read).sum();
            assert!(
                (51..=MOST_ROWS).contains(&n_read),
                "{n_read} rows read: {what}"
            );
        }
    }
}

/// The statements of the inbox, its counts included.
async fn statements(app: &TestApp, counter: &Counter) {
    let browser = app.browser();
    app.first_administrator(&browser).await;
    counter.take();
    let page = browser.get("/gestion").await;
    let n_statements = counter.take();
    assert_eq!(page.status, 200);
    assert_eq!(page.texts(".inbox tbody tr").len(), 50);
    assert!((1..=8).contains(&n_statements), "{n_statements} statements");
}

const OPEN: &str = "status IN ('received', 'acknowledged')";
const OPEN_REQUESTS: &str =
    "status IN ('received', 'acknowledged') AND nature = 'information_request'";
const OPEN_OF_BUSIEST: &str = "status IN ('received', 'acknowledged') AND handler_id = (
    SELECT handler_id FROM cases
    WHERE status IN ('received', 'acknowledged') AND handler_id IS NOT NULL
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)";

/// Who has most open cases.
async fn busiest(database: &TestDatabase) -> StaffId {
    let sql = format!("SELECT handler_id FROM cases WHERE {OPEN_OF_BUSIEST} LIMIT 1");
    StaffId(database.rows(&sql).await.as_slice().first().unwrap().get(0))
}

/// A line at nine tenths of the list.
async fn far_down(database: &TestDatabase, condition: &str, key: &str) -> Cursor {
    let on = if key.starts_with("closed_on") {
        "closed_on"
    } else {
        "next_due_on"
    };
    let sql = format!(
        "SELECT ({on} - DATE '2000-01-01')::int8, id FROM cases WHERE {condition} ORDER BY {key} \
         OFFSET (SELECT count(*) * 9 / 10 - 60 FROM cases WHERE {condition}) LIMIT 1"
    );
    let rows = database.rows(&sql).await;
    // The list is far longer than a page.
    let row = rows.as_slice().first().unwrap();
    let days: i64 = row.get(0);
    Cursor {
        on: NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::TimeDelta::days(days),
        case: CaseId(row.get(1)),
    }
}

/// The plan of exactly the statement that the program runs, and what happened.
async fn plan_of(conn: &mut Conn, list: List, after: Option<Cursor>) -> Value {
    let explained = Explain(inbox::query(list, after));
    explained.get_result::<Value>(conn).await.unwrap()
}

/// A statement told instead of answered.
struct Explain<Q>(Q);

impl<Q> Query for Explain<Q> {
    type SqlType = Json;
}

impl<Q> QueryId for Explain<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Explain<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ");
        self.0.walk_ast(out.reborrow())
    }
}

/// One step of a plan.
struct Node<'a>(&'a Value);

impl Node<'_> {
    fn is(&self, kind: &str) -> bool {
        self.0["Node Type"] == kind
    }

    /// Rows that a scan took up, kept or not; steps above pass them on.
    fn rows_read(&self) -> u64 {
        let count = |name: &str| self.0[name].as_f64().unwrap_or_default();
        let kind = self.0["Node Type"].as_str().unwrap();
        if !kind.ends_with("Scan") {
            return 0;
        }
        let rows = count("Actual Rows")
            + count("Rows Removed by Filter")
            + count("Rows Removed by Index Recheck");
        format!("{:.0}", rows * count("Actual Loops"))
            .parse()
            .unwrap()
    }
}

/// Every step, from the top.
fn nodes(plan: &Value) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut waiting = vec![plan.pointer("/0/Plan").unwrap()];
    while let Some(node) = waiting.pop() {
        waiting.extend(node["Plans"].as_array().into_iter().flatten());
        found.push(Node(node));
    }
    found
}
