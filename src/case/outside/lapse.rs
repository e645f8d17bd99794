//! What loses its use once no answer is owed any more.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::outside::ask::{self, Ending};
use crate::case::outside::follow_up::{self, FollowUpKind};
use crate::db::schema::holding_letters;
use crate::db::{Conn, DbError};

/// The case was answered, or has ended: we wait for nothing, and nothing announced still stands.
pub(in crate::case) async fn lapse(
    conn: &mut Conn,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    if ask::end(conn, case, Ending::Over, at).await? {
        ask::wait(conn, case, None).await?;
    }
    let announced = holding_letters::table
        .filter(holding_letters::case_id.eq(case.0))
        .filter(holding_letters::is_current);
    diesel::update(announced)
        .set(holding_letters::is_current.eq(false))
        .execute(conn)
        .await?;
    let kinds = [FollowUpKind::Ask, FollowUpKind::HoldingLetter];
    follow_up::done(conn, case, &kinds, at).await
}
