//! Every row of one case, before and after an act: what the act changed, and that nothing else did.

use std::collections::{BTreeMap, BTreeSet};

use reclamations::case::Reference;
use serde_json::{Map, Value};

use crate::support::app::TestApp;
use crate::support::database::TestDatabase;

/// All that the database holds of one case, its journal apart.
pub(crate) struct Snapshot {
    reference: String,
    rows: BTreeMap<RowKey, Columns>,
    lines: Vec<String>,
}

/// Table and primary key.
type RowKey = (String, String);
type Columns = Map<String, Value>;

/// What every act of staff moves: it counts one, and dates itself.
const COUNTERS: [&str; 3] = ["cases.version", "cases.last_event_at", "cases.touched_on"];

impl TestApp {
    /// The case as it is now.
    pub(crate) async fn snapshot(&self, reference: &str) -> Snapshot {
        let case = Reference::parse(reference).unwrap().case().0;
        let database = &self.database;
        let mut selections = Vec::new();
        let mut keys = BTreeMap::new();
        for (table, filter, key) in tables(database, case).await {
            selections.push(format!(
                "SELECT '{table}', to_jsonb(t)::text FROM {table} t WHERE {filter}"
            ));
            keys.insert(table, key);
        }
        let mut rows = BTreeMap::new();
        for row in database.rows(&selections.join(" UNION ALL ")).await {
            let (table, content): (String, String) = (row.get(0), row.get(1));
            let Value::Object(columns) = serde_json::from_str(&content).unwrap() else {
                panic!("{content}")
            };
            let key: Vec<String> = keys
                .get(&table)
                .into_iter()
                .flatten()
                .map(|column: &String| columns.get(column).unwrap().to_string())
                .collect();
            rows.insert((table, key.join(" ")), columns);
        }
        let journal = format!("SELECT kind FROM journal_events WHERE chain = {case} ORDER BY seq");
        let lines = database.rows(&journal).await;
        Snapshot {
            reference: reference.to_owned(),
            rows,
            lines: lines.iter().map(|line| line.get(0)).collect(),
        }
    }

    /// Asserts that since `before` the journal of the case grew by exactly these `lines` (kinds),
    /// and that exactly these things changed: `cases.handler_id` for a column, `+ notes` for a new
    /// row, `- drafts` for one that is gone, once per table. The counters of the case are understood:
    /// with a line, its version counts exactly one; without any, nothing moves.
    pub(crate) async fn assert_changed(&self, before: &Snapshot, lines: &[&str], changes: &[&str]) {
        let after = self.snapshot(&before.reference).await;
        let new_lines = lines.iter().copied().map(str::to_owned);
        let wanted: Vec<String> = before.lines.iter().cloned().chain(new_lines).collect();
        assert_eq!(after.lines, wanted, "journal lines");
        let mut found = after.changes_since(before);
        if !lines.is_empty() {
            found.retain(|change| !COUNTERS.contains(&change.as_str()));
        }
        let wanted: BTreeSet<String> = changes.iter().copied().map(str::to_owned).collect();
        assert_eq!(found, wanted, "what changed");
        let counted = i64::from(!lines.is_empty());
        assert_eq!(after.version() - before.version(), counted, "version");
    }
}

impl Snapshot {
    /// The kinds of the lines that the journal has since `before`.
    pub(crate) fn new_lines(&self, before: &Self) -> Vec<&str> {
        let new = self.lines.iter().skip(before.lines.len());
        new.map(String::as_str).collect()
    }

    fn version(&self) -> i64 {
        let case = self.rows.iter().find(|((table, _), _)| table == "cases");
        let version = case.unwrap().1.get("version");
        version.and_then(Value::as_i64).unwrap()
    }

    fn changes_since(&self, before: &Self) -> BTreeSet<String> {
        let mut changes = BTreeSet::new();
        for (key, columns) in &self.rows {
            let Some(then) = before.rows.get(key) else {
                changes.insert(format!("+ {}", key.0));
                continue;
            };
            let moved = columns
                .iter()
                .filter(|(name, value)| then.get(*name) != Some(value));
            changes.extend(moved.map(|(name, _)| format!("{}.{name}", key.0)));
        }
        let gone = before
            .rows
            .keys()
            .filter(|key| !self.rows.contains_key(key));
        changes.extend(gone.map(|(table, _)| format!("- {table}")));
        changes
    }
}

/// Every table that holds rows of a case, how to find them, and its primary key: those with a
/// `case_id`, those that refer to such a table, and the few that are tied otherwise.
async fn tables(database: &TestDatabase, case: i64) -> Vec<(String, String, Vec<String>)> {
    let rows = database.rows(TABLES).await;
    rows.iter()
        .filter_map(|row| {
            let (table, key): (String, Option<Vec<String>>) = (row.get(0), row.get(1));
            let link: Option<String> = row.get(3);
            let filter = match (table.as_str(), row.get::<_, bool>(2), link) {
                // What a case is found by follows its texts, told of here by their own tables.
                ("journal_events" | "seal_leaves" | "case_search", ..) => return None,
                ("cases", ..) => format!("t.id = {case}"),
                ("outbox", ..) => format!("t.about = {case}"),
                ("uploads", ..) => {
                    format!("t.id IN (SELECT upload FROM case_files WHERE case_id = {case})")
                }
                (_, true, _) => format!("t.case_id = {case}"),
                (_, false, Some(link)) => format!("t.{link} WHERE case_id = {case})"),
                (_, false, None) => return None,
            };
            Some((table, filter, key.unwrap()))
        })
        .collect()
}

/// Each table, its key, whether it has a `case_id`, and how it refers to one that has.
const TABLES: &str = "
    WITH ours AS (
        SELECT c.oid, c.relname, EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attname = 'case_id' AND NOT a.attisdropped) AS has_case
        FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace
          AND c.relkind = 'r' AND c.relname !~ '^__diesel'
    )
    SELECT ours.relname::text,
           (SELECT array_agg(a.attname::text ORDER BY a.attnum)
            FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
            WHERE i.indrelid = ours.oid AND i.indisprimary),
           ours.has_case,
           (SELECT min(from_column.attname || ' IN (SELECT ' || to_column.attname || ' FROM ' || target.relname)
            FROM pg_constraint k
            JOIN ours target ON target.oid = k.confrelid AND target.has_case
            JOIN pg_attribute from_column
              ON from_column.attrelid = k.conrelid AND from_column.attnum = k.conkey[1]
            JOIN pg_attribute to_column
              ON to_column.attrelid = k.confrelid AND to_column.attnum = k.confkey[1]
            WHERE k.contype = 'f' AND k.conrelid = ours.oid AND cardinality(k.conkey) = 1)
    FROM ours ORDER BY 1";
