//! The lists of the back office at 100,000 cases: what PostgreSQL does for a page of each.

use chrono::{DateTime, Months, Utc};
use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Json;
use diesel_async::RunQueryDsl;
use reclamations::calendar;
use reclamations::case::StaffId;
use reclamations::case::inbox::{self, Asked, Cursor, Filters, List, PAGE_LINES, PageQuery, Seat};
use reclamations::case::sight::Viewer;
use reclamations::db::Conn;
use reclamations::demo::{self, Demo};
use serde_json::Value;

use crate::search_plan;
use crate::support::app::TestApp;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const N_CASES: u32 = 100_000;
/// The present of the demonstration.
const AT: &str = "2026-11-23T09:00:00Z";
/// Most rows that PostgreSQL may read and drop for a page of 50 lines.
const MOST_DROPPED: u64 = 9;

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
    addresses(&database).await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    statements(&app, &counter).await;
    search_plan::searches(&app, &counter).await;
}

/// The plan of every list, at its beginning and, where it is long, far down: for someone who reads
/// neither the archive nor every sensitive case, and for someone who does.
async fn plans(database: &TestDatabase) {
    let today = calendar::paris_date(AT.parse().unwrap());
    let me = busiest(database).await;
    for is_supervisor in [false, true] {
        let seat = Seat {
            viewer: Viewer {
                id: me,
                reads_sensitive: is_supervisor,
                reads_archive: is_supervisor,
                archived_before: today - Months::new(6),
                today,
            },
            oversees: is_supervisor,
        };
        plans_of(&seat, database).await;
    }
}

async fn plans_of(seat: &Seat, database: &TestDatabase) {
    let mut conn = database.conn().await;
    let mut n_long = 0;
    for list in List::ALL {
        let places = places(&mut conn, list, seat).await;
        n_long += usize::from(places.len() > 1);
        for (after, n_left) in places {
            let filters = Filters::default();
            let asked = Asked {
                list,
                seat,
                filters: &filters,
                after,
                n_lines: PAGE_LINES,
            };
            let plan = plan_of(&mut conn, &asked).await;
            let what = format!("{list:?} after {after:?}: {plan:#}");
            let nodes = nodes(&plan);
            let is_costly = |node: &Node<'_>| node.is("Sort") || node.is("Seq Scan");
            // Those of several people, and followed dates, are put in order: no more than is due.
            let is_sorted = matches!(list, List::Today | List::Followed);
            assert!(is_sorted || !nodes.iter().any(is_costly), "{what}");
            let is_indexed =
                |node: &Node<'_>| node.is("Index Scan") || node.is("Bitmap Index Scan");
            assert!(nodes.iter().any(is_indexed), "{what}");
            let n_read: u64 = nodes.iter().map(Node::rows_read).sum();
            let n_lines = u64::try_from(n_left.min(51)).unwrap();
            assert!(
                is_sorted || (n_lines..=n_lines + MOST_DROPPED).contains(&n_read),
                "{n_read} rows read: {what}"
            );
        }
    }
    assert!(n_long >= 10, "{n_long} lists are longer than a page");
}

/// An e-mail shares its address with few filings, and the planner knows: it reads them by their index, and
/// compiles nothing.
async fn addresses(database: &TestDatabase) {
    const SHARED: &str = "EXPLAIN SELECT FROM filings
        WHERE lower(email) = lower((SELECT max(sender) FROM incoming_mails))";
    let plan = database.row(SHARED).await;
    let plan: &str = plan.get(0);
    let rows = plan
        .split_once("rows=")
        .and_then(|(_, rest)| rest.split_once(' '));
    let n_rows: u64 = rows.unwrap().0.parse().unwrap();
    assert!(n_rows < 50, "{plan}");
}

/// Where a page can begin: at the top, and at nine tenths of a list longer than a page; with how
/// many cases follow.
async fn places(conn: &mut Conn, list: List, seat: &Seat) -> Vec<(Option<Cursor>, usize)> {
    let filters = Filters::default();
    let mut cursors = vec![None];
    let mut n_all = 0;
    while let Some(after) = cursors.last().copied() {
        let asked = Asked {
            list,
            seat,
            filters: &filters,
            after,
            n_lines: PAGE_LINES,
        };
        let page = inbox::page(conn, &asked).await.unwrap();
        n_all += page.lines.len();
        // Far enough: beyond a few thousand, another page costs what this one does.
        match page.next {
            Some(next) if cursors.len() < 100 => cursors.push(Some(next)),
            _ => break,
        }
    }
    let far_down = cursors.len() * 9 / 10;
    let mut places = vec![(None, n_all)];
    if far_down > 0 {
        let n_left = n_all.saturating_sub(far_down * PAGE_LINES);
        places.push((cursors.get(far_down).copied().flatten(), n_left));
    }
    places
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

/// Who has most open cases.
async fn busiest(database: &TestDatabase) -> StaffId {
    let sql = "SELECT handler_id FROM cases
         WHERE status IN ('received', 'acknowledged') AND handler_id IS NOT NULL
         GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1";
    StaffId(database.rows(sql).await.as_slice().first().unwrap().get(0))
}

/// The plan of exactly the statement that the program runs, and what happened.
async fn plan_of(conn: &mut Conn, asked: &Asked<'_>) -> Value {
    let explained = Explain(PageQuery::of(asked));
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

    /// Rows of cases that a scan took up, kept or not; steps above pass them on.
    fn rows_read(&self) -> u64 {
        let count = |name: &str| self.0[name].as_f64().unwrap_or_default();
        let kind = self.0["Node Type"].as_str().unwrap();
        if !kind.ends_with("Scan") || self.0["Relation Name"] != "cases" {
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

/// Every step, from the top; what is computed beside the list, such as the labels of a line, is not
/// looked at.
fn nodes(plan: &Value) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut waiting = vec![plan.pointer("/0/Plan").unwrap()];
    while let Some(node) = waiting.pop() {
        let below = node["Plans"].as_array().into_iter().flatten();
        let is_aside = |node: &&Value| {
            let place = node["Parent Relationship"].as_str();
            matches!(place, Some("SubPlan" | "InitPlan"))
        };
        waiting.extend(below.filter(|node| !is_aside(node)));
        found.push(Node(node));
    }
    found
}
