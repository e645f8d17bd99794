//! Cases picked one by one from a list.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::inbox::{Line, Seat};
use crate::case::sight::in_sight;
use crate::db::schema::cases;
use crate::db::{Conn, DbError};

/// Most cases acted on at once: few enough to be read before confirming.
pub const MOST_CHOSEN: usize = 50;

/// The cases with these ids, those that `seat` may see, in the order of their numbers.
///
/// # Errors
/// When the database fails.
pub async fn chosen(conn: &mut Conn, seat: &Seat, ids: &[CaseId]) -> Result<Vec<Line>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).take(MOST_CHOSEN).collect();
    cases::table
        .filter(cases::id.eq_any(ids))
        .filter(in_sight(seat.viewer))
        .order(cases::id)
        .select(Line::as_select())
        .load(conn)
        .await
}
