//! Everything held on a case, for the copy that its person is owed (art. 15): what erasing would take
//! away is what is held.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable};
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value};

use crate::case::CaseId;
use crate::case::erase::{FATES, Fate};
use crate::db::{Conn, DbError};

#[derive(QueryableByName)]
struct Rows {
    #[diesel(sql_type = Nullable<Jsonb>)]
    rows: Option<Value>,
}

/// The rows of each table that holds something of the case, by the name of the table; never its
/// secret, and files by what is said of them: their bytes stand beside.
///
/// # Errors
/// When the database fails.
#[expect(
    clippy::disallowed_methods,
    reason = "the list of what is erased is the list of what is held"
)]
pub async fn held(conn: &mut Conn, case: CaseId) -> Result<Value, DbError> {
    let mut held = Map::new();
    for (table, fate) in FATES {
        let found = match fate {
            Fate::Deleted(found) => *found,
            Fate::Emptied(_) => "id = $1",
            Fate::GoesWith(_) | Fate::Stays | Fate::OfNoCase => continue,
        };
        let sql = format!(
            "SELECT jsonb_agg(to_jsonb(t) - 'secret' - 'token_digest') AS rows FROM {table} t WHERE {found}"
        );
        let rows: Rows = diesel::sql_query(sql)
            .bind::<BigInt, _>(case.0)
            .get_result(conn)
            .await?;
        if let Some(rows) = rows.rows {
            held.insert((*table).to_owned(), rows);
        }
    }
    Ok(Value::Object(held))
}
