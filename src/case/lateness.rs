//! The act of saying why a legal date was not kept: compulsory before the case is closed.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::digest;
use crate::case::events::ending;
use crate::case::filing::Text;
use crate::case::{
    CaseId, ClockState, Dossier, Milestones, Nature, StaffId, Status, acknowledgement_clock,
    answer_clock, dossier,
};
use crate::db::schema::latenesses;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};

/// The sentence that goes with a cause, 1 to 500 characters.
pub type LatenessText = Text<1, 500>;

text_code! {
    /// A legal date that can be missed.
    pub enum LateClock {
        /// Of the acknowledgement.
        Acknowledgement => "acknowledgement",
        /// Of the answer.
        Answer => "answer",
    }
}

text_code! {
    /// Why it was missed.
    pub enum LateCause {
        /// The date was past, or all but past, when the complaint reached us.
        BeforeArrival => "before_arrival",
        /// Too much work.
        Workload => "workload",
        /// Someone was away.
        Absence => "absence",
        /// An insurer, an expert or a distributor was waited for.
        ThirdParty => "third_party",
        /// It was ready and could not leave.
        Sending => "sending",
        /// A mistake of ours.
        Mistake => "mistake",
        /// Something else, that the sentence tells.
        Other => "other",
    }
}

/// A date that was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// Which.
    pub clock: LateClock,
    /// It was due on, Paris calendar.
    pub due: NaiveDate,
    /// Whether it was past when the complaint was entered: nobody could keep it.
    pub is_before_arrival: bool,
}

/// The legal dates that the case has missed, on `today` (Paris calendar).
pub fn missed(dossier: &Dossier, today: NaiveDate) -> Vec<Late> {
    if dossier.case.nature != Nature::Complaint {
        return Vec::new();
    }
    let done = Milestones {
        acknowledged_on: dossier.case.acknowledged_on,
        answered_on: dossier.case.answered_on,
        ended_on: dossier.case.closed_on,
    };
    let entered_on = calendar::paris_date(dossier.case.entered_at);
    let dates = &dossier.dates;
    [
        (
            LateClock::Acknowledgement,
            dates.ack_due_on,
            acknowledgement_clock(dates.ack_due_on, &done, today),
        ),
        (
            LateClock::Answer,
            dates.answer_due_on,
            answer_clock(dates.answer_due_on, &done, today),
        ),
    ]
    .into_iter()
    .filter(|(_, _, state)| {
        matches!(
            state,
            ClockState::Overdue { .. } | ClockState::MetLate { .. }
        )
    })
    .filter_map(|(clock, due, _)| {
        due.map(|due| Late {
            clock,
            due,
            is_before_arrival: due < entered_on,
        })
    })
    .collect()
}

/// Says why, or says it otherwise.
///
/// # Errors
/// [`ActError::AlreadyDone`] when this date was not missed; or the case has changed since it was shown, or
/// the database fails.
pub async fn explain_lateness(
    conn: &mut Conn,
    seen: Seen,
    clock: LateClock,
    (cause, said): (LateCause, &LatenessText),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let late = missed(&dossier, calendar::paris_date(at));
        if !late.iter().any(|one| one.clock == clock) {
            return Err(ActError::AlreadyDone);
        }
        let row = (
            latenesses::cause.eq(cause),
            latenesses::said.eq(said.as_str()),
            latenesses::said_by.eq(by.0),
            latenesses::said_at.eq(at),
        );
        diesel::insert_into(latenesses::table)
            .values((
                latenesses::case_id.eq(seen.case.0),
                latenesses::clock.eq(clock),
                row,
            ))
            .on_conflict((latenesses::case_id, latenesses::clock))
            .do_update()
            .set(row)
            .execute(conn)
            .await?;
        let said = digest(dossier.case.secret.as_deref(), said.as_str());
        let entry = ending::lateness_explained(clock, cause, &said);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Whether a missed date of the case still lacks its cause.
pub(super) async fn lacks_cause(
    conn: &mut Conn,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let dossier = dossier::by_id(conn, case).await?;
    let late = missed(&dossier, calendar::paris_date(at));
    if late.is_empty() {
        return Ok(false);
    }
    let said: Vec<LateClock> = latenesses::table
        .filter(latenesses::case_id.eq(case.0))
        .select(latenesses::clock)
        .load(conn)
        .await?;
    Ok(late.iter().any(|one| !said.contains(&one.clock)))
}
