//! Recording what became of an attempt, in the transaction of what the caller draws from it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::db::schema::outbox;
use crate::db::{Conn, DbError};
use crate::mail::outbox::State;
use crate::mail::{Claimed, Delivery, Obstacle};

/// What an attempt changed. The caller draws its consequences in the same transaction: a failed
/// acknowledgement, above all, must become a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a hand-over stops a clock, a failure asks for a letter"]
pub enum Settled {
    /// It left, at the instant given to [`settle`].
    HandedOver,
    /// It lies in a file; nothing left and no clock stops.
    Written,
    /// It will be tried again at this instant.
    PutOff(DateTime<Utc>),
    /// It will not be tried again: refused for good, or tried for too long.
    Failed(Obstacle),
    /// Another worker has recorded an outcome or holds the row now; nothing was changed.
    NotOurs,
}

/// How long an e-mail is tried: then more than a week is left for a letter within the ten *jours
/// ouvrables*.
pub const TRIED_FOR: TimeDelta = TimeDelta::hours(48);
/// Longest pause between two attempts.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// A pause is lengthened by up to one part in so many, at random: what waited for the same relay does
/// not come back to it in the same instant.
const SPREAD: i64 = 4;

/// Records at `at` what became of an attempt.
///
/// A hand-over is a fact and counts even after the hold ran out; the rest is for the worker that
/// holds the row.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    conn: &mut Conn,
    claimed: &Claimed,
    delivery: Delivery,
    at: DateTime<Utc>,
) -> Result<Settled, DbError> {
    let (settled, obstacle) = ending(claimed, delivery, at);
    // A hand-over is a fact whoever holds the row now: a worker that came second may have put it off
    // or given it up, and the message has left all the same.
    let has_left = (settled == Settled::HandedOver).into_sql::<Bool>();
    let is_ours = outbox::state
        .eq(State::Queued)
        .and(outbox::n_attempts.eq(claimed.attempt));
    let waits = matches!(settled, Settled::PutOff(_) | Settled::Written).into_sql::<Bool>();
    // An e-mail in a file waits for a relay as if never tried.
    let was_tried = (settled != Settled::Written).into_sql::<Bool>();
    let changed = diesel::update(outbox::table.find(claimed.id.0))
        .filter(is_ours.or(has_left))
        .filter(outbox::state.ne(State::HandedOver))
        .set((
            Change::of(settled, at),
            outbox::failed_at.eq(matches!(settled, Settled::Failed(_)).then_some(at)),
            outbox::last_error.eq(obstacle.map(Obstacle::code)),
            // A secret is kept no longer than the e-mail waits.
            outbox::sealed.eq(case_when(waits, outbox::sealed)),
            outbox::tried_since.eq(case_when(was_tried, outbox::tried_since)),
        ))
        .execute(conn)
        .await?;
    Ok(if changed == 0 {
        Settled::NotOurs
    } else {
        settled
    })
}

/// What becomes of an attempt on a row that is still ours, and what stood in its way.
fn ending(claimed: &Claimed, delivery: Delivery, at: DateTime<Utc>) -> (Settled, Option<Obstacle>) {
    match delivery {
        Delivery::HandedOver { .. } => (Settled::HandedOver, None),
        Delivery::Written => (Settled::Written, None),
        Delivery::PutOff(obstacle) if at < claimed.tried_since + TRIED_FOR => {
            let pause = pause_after(claimed.attempt).num_milliseconds();
            let spread = rand::random_range(0..=pause / SPREAD);
            let again_at = at + TimeDelta::milliseconds(pause + spread);
            (Settled::PutOff(again_at), Some(obstacle))
        }
        Delivery::PutOff(obstacle) | Delivery::Refused(obstacle) => {
            (Settled::Failed(obstacle), Some(obstacle))
        }
    }
}

/// The columns that an ending changes; the others keep their value.
#[derive(AsChangeset, Default)]
#[diesel(table_name = outbox)]
struct Change {
    state: Option<State>,
    n_attempts: Option<i32>,
    next_attempt_at: Option<DateTime<Utc>>,
    handed_over_at: Option<DateTime<Utc>>,
    written_at: Option<DateTime<Utc>>,
}

impl Change {
    fn of(settled: Settled, at: DateTime<Utc>) -> Self {
        let mut change = Self::default();
        match settled {
            Settled::HandedOver => {
                change.state = Some(State::HandedOver);
                change.handed_over_at = Some(at);
            }
            // Ready for the day a relay is configured, as if never tried.
            Settled::Written => {
                change.written_at = Some(at);
                change.next_attempt_at = Some(at);
                change.n_attempts = Some(0);
            }
            Settled::PutOff(again_at) => change.next_attempt_at = Some(again_at),
            Settled::Failed(_) => change.state = Some(State::Failed),
            Settled::NotOurs => {}
        }
        change
    }
}

/// One minute after the first attempt, then twice as long each time, up to [`LONGEST_PAUSE`].
fn pause_after(attempt: i32) -> TimeDelta {
    let doublings = attempt.saturating_sub(1).clamp(0, 16);
    TimeDelta::minutes(1 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_then_stay() {
        let minutes: Vec<i64> = (1..=9).map(|n| pause_after(n).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(pause_after(i32::MAX), LONGEST_PAUSE);
    }
}
