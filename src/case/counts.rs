//! How many cases each list of the back office holds, without ever counting far.

use diesel::dsl::sql;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::case::StaffId;
use crate::db::{Conn, DbError};

/// How many cases each list holds; [`Counts::MOST`] stands for that many or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Work is owed.
    pub open: i64,
    /// Open, of one handler.
    pub mine: i64,
    /// Open information requests.
    pub requests: i64,
    /// The person wrote, unanswered.
    pub messages: i64,
    /// Contested answers.
    pub disagreements: i64,
    /// Answered, not closed.
    pub answered: i64,
    /// Closed or withdrawn.
    pub ended: i64,
}

impl Counts {
    /// Where counting stops: beyond it nobody reads the number.
    pub const MOST: i64 = 1_000;
}

/// Counts every list, and the open cases of `handler`, in one statement.
///
/// Each condition and order is that of its partial index: without the order, PostgreSQL may read
/// the whole table for want of a match. The query builder cannot count a limited selection.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut Conn, handler: StaffId) -> Result<Counts, DbError> {
    let (open, mine, requests, messages, disagreements, answered, ended) = diesel::select((
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases \
             WHERE status IN ('received', 'acknowledged') \
             ORDER BY next_due_on, id LIMIT 1000) AS few)",
        ),
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases \
             WHERE status IN ('received', 'acknowledged') AND handler_id = ",
        )
        .bind::<BigInt, _>(handler.0)
        .sql(" ORDER BY next_due_on, id LIMIT 1000) AS few)"),
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases WHERE status IN ('received', 'acknowledged') \
             AND nature = 'information_request' \
             ORDER BY next_due_on, id LIMIT 1000) AS few)",
        ),
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases \
             WHERE person_wrote_at IS NOT NULL ORDER BY next_due_on, id LIMIT 1000) AS few)",
        ),
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases \
             WHERE status = 'acknowledged' AND answered_on IS NOT NULL \
             ORDER BY next_due_on, id LIMIT 1000) AS few)",
        ),
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases \
             WHERE status = 'answered' ORDER BY next_due_on, id LIMIT 1000) AS few)",
        ),
        sql::<BigInt>(
            "(SELECT count(*) FROM (SELECT FROM cases \
             WHERE status IN ('closed', 'withdrawn') \
             ORDER BY closed_on DESC, id DESC LIMIT 1000) AS few)",
        ),
    ))
    .first(conn)
    .await?;
    Ok(Counts {
        open,
        mine,
        requests,
        messages,
        disagreements,
        answered,
        ended,
    })
}
