//! Room for a demonstration: a database without real cases, and a block of ids in each table.

use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::db::schema::cases;
use crate::db::{Conn, DbError};
use crate::demo::DemoError;
use crate::demo::tables::IDS_PER_CASE;
use crate::demo::tale::FirstIds;

/// Refuses a database where a real person has filed.
pub(super) async fn refuse_real_cases(conn: &mut Conn) -> Result<(), DemoError> {
    let real = cases::table.filter(cases::is_demo.eq(false));
    if select(exists(real)).get_result(conn).await? {
        return Err(DemoError::RealCases);
    }
    Ok(())
}

/// Whether no case is there yet.
pub(super) async fn is_empty(conn: &mut Conn) -> Result<bool, DbError> {
    let some = select(exists(cases::table.select(cases::id)));
    let some: bool = some.get_result(conn).await?;
    Ok(!some)
}

/// Takes a block of ids for `n_cases` cases in every table that counts its rows. Nobody inserts
/// meanwhile: the counters are read and moved under a lock.
pub(super) async fn take_ids(conn: &mut Conn, n_cases: u32) -> Result<FirstIds, DbError> {
    const LOCK: &str = "LOCK TABLE cases, outbox, messages, notes, postal_tasks, answers, asks, \
                        holding_letters, transfers, mediations, commitments, motives \
                        IN SHARE ROW EXCLUSIVE MODE";
    let one = i64::from(n_cases);
    let several = one.saturating_mul(IDS_PER_CASE);
    conn.transaction(async |conn| {
        conn.batch_execute(LOCK).await?;
        Ok(FirstIds {
            case: take(conn, "cases", one).await?,
            outbox: take(conn, "outbox", several).await?,
            message: take(conn, "messages", several).await?,
            note: take(conn, "notes", several).await?,
            task: take(conn, "postal_tasks", several).await?,
            answer: take(conn, "answers", several).await?,
            beside: take_in_all(conn, &BESIDE, several).await?,
        })
    })
    .await
}

/// The tables beside a case that number their rows: they share one block.
const BESIDE: [&str; 6] = [
    "asks",
    "holding_letters",
    "transfers",
    "mediations",
    "commitments",
    "motives",
];

/// The first id of a block of `n` that no row has in any of these tables.
async fn take_in_all(conn: &mut Conn, tables: &[&str], n: i64) -> Result<i64, DbError> {
    let mut first = 1;
    for table in tables {
        first = first.max(take(conn, table, 1).await?);
    }
    let last = first.saturating_add(n);
    for table in tables {
        select(setval(pg_get_serial_sequence(*table, "id"), last))
            .execute(conn)
            .await?;
    }
    Ok(first)
}

/// The first id of a block of `n` in this table.
async fn take(conn: &mut Conn, table: &str, n: i64) -> Result<i64, DbError> {
    let sequence = || pg_get_serial_sequence(table, "id");
    let first: i64 = select(nextval(sequence())).get_result(conn).await?;
    let last = first.saturating_add(n).saturating_sub(1).max(first);
    select(setval(sequence(), last)).execute(conn).await?;
    Ok(first)
}

diesel::define_sql_function! {
    /// The sequence that numbers the rows of a table.
    fn pg_get_serial_sequence(table: Text, column: Text) -> Text;
}

diesel::define_sql_function! {
    /// The next number of a sequence.
    fn nextval(sequence: Text) -> BigInt;
}

diesel::define_sql_function! {
    /// Moves a sequence.
    fn setval(sequence: Text, last: BigInt) -> BigInt;
}
