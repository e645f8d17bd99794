//! Dates that staff follow inside the house, beside the legal ones: one of a kind waits on a case.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::CaseId;
use crate::db::schema::follow_ups;
use crate::db::{Conn, DbError, text_code};

text_code! {
    /// What is followed.
    pub enum FollowUpKind {
        /// What we asked of the person should be there.
        Ask => "ask",
        /// The answer that a holding letter announced.
        HoldingLetter => "holding_letter",
        /// Our documents for the mediator.
        MediationDocuments => "mediation_documents",
        /// What the mediator's opinion asks of us.
        MediationOpinion => "mediation_opinion",
    }
}

/// Follows a date (Paris calendar); the one of its kind that waited has lost its use.
pub(super) async fn follow(
    conn: &mut Conn,
    case: CaseId,
    kind: FollowUpKind,
    due_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    done(conn, case, &[kind], at).await?;
    diesel::insert_into(follow_ups::table)
        .values((
            follow_ups::case_id.eq(case.0),
            follow_ups::kind.eq(kind),
            follow_ups::due_on.eq(due_on),
            follow_ups::created_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Nothing of these kinds is to be followed any more.
pub(super) async fn done(
    conn: &mut Conn,
    case: CaseId,
    kinds: &[FollowUpKind],
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let waiting = follow_ups::table
        .filter(follow_ups::case_id.eq(case.0))
        .filter(follow_ups::kind.eq_any(kinds))
        .filter(follow_ups::done_at.is_null());
    diesel::update(waiting)
        .set(follow_ups::done_at.eq(at))
        .execute(conn)
        .await
        .map(drop)
}
