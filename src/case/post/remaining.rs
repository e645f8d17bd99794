//! Which of our messages still wait for a letter, by the e-mail that was to carry them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::case::post::messages::unposted;
use crate::db::schema::messages;
use crate::db::{Conn, DbError};

/// For each of our messages that no e-mail carried and no letter has carried yet, the e-mail that did
/// not deliver it; none when it was to be posted from the start.
pub(in crate::case) async fn unposted_emails(
    conn: &mut Conn,
    case: CaseId,
) -> Result<Vec<Option<i64>>, DbError> {
    let waiting = unposted(conn, case).await?;
    let ids: Vec<i64> = waiting.iter().map(|one| one.id).collect();
    messages::table
        .filter(messages::id.eq_any(ids))
        .select(messages::outbox_id)
        .load(conn)
        .await
}
