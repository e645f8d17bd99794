//! Recording what became of an attempt, in the transaction of what the caller draws from it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
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
    /// It will not be tried again: refused for good, or too many attempts.
    Failed(Obstacle),
    /// Another worker has recorded an outcome or holds the row now; nothing was changed.
    NotOurs,
}

/// Attempts before giving up: with [`pause_after`], about four days (RFC 5321, 4.5.4.1), which
/// leaves a week for a letter within the ten *jours ouvrables*.
const MAX_ATTEMPTS: i32 = 100;
/// Longest pause between two attempts.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

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
    match delivery {
        Delivery::HandedOver { .. } => mark_handed_over(conn, claimed, at).await,
        Delivery::Written => mark_written(conn, claimed, at).await,
        Delivery::PutOff(obstacle) if claimed.attempt < MAX_ATTEMPTS => {
            mark_put_off(conn, claimed, obstacle, at).await
        }
        Delivery::PutOff(obstacle) | Delivery::Refused(obstacle) => {
            mark_failed(conn, claimed, obstacle, at).await
        }
    }
}

async fn mark_handed_over(
    conn: &mut Conn,
    claimed: &Claimed,
    at: DateTime<Utc>,
) -> Result<Settled, DbError> {
    // A worker that came second may have put it off or given it up: the message has left all the same.
    let not_yet = outbox::table
        .find(claimed.id.0)
        .filter(outbox::state.ne(State::HandedOver));
    let changed = diesel::update(not_yet)
        .set((
            outbox::state.eq(State::HandedOver),
            outbox::handed_over_at.eq(at),
            outbox::failed_at.eq(None::<DateTime<Utc>>),
            outbox::last_error.eq(None::<String>),
        ))
        .execute(conn)
        .await?;
    Ok(if changed == 0 {
        Settled::NotOurs
    } else {
        Settled::HandedOver
    })
}

async fn mark_written(
    conn: &mut Conn,
    claimed: &Claimed,
    at: DateTime<Utc>,
) -> Result<Settled, DbError> {
    let changed = diesel::update(outbox::table)
        .filter(outbox::id.eq(claimed.id.0))
        .filter(outbox::state.eq(State::Queued))
        .filter(outbox::n_attempts.eq(claimed.attempt))
        .set((
            outbox::written_at.eq(at),
            // Ready for the day a relay is configured, with all its attempts before it.
            outbox::next_attempt_at.eq(at),
            outbox::n_attempts.eq(0),
            outbox::last_error.eq(None::<String>),
        ))
        .execute(conn)
        .await?;
    Ok(if changed == 0 {
        Settled::NotOurs
    } else {
        Settled::Written
    })
}

async fn mark_put_off(
    conn: &mut Conn,
    claimed: &Claimed,
    obstacle: Obstacle,
    at: DateTime<Utc>,
) -> Result<Settled, DbError> {
    let again_at = at + pause_after(claimed.attempt);
    let changed = diesel::update(outbox::table)
        .filter(outbox::id.eq(claimed.id.0))
        .filter(outbox::state.eq(State::Queued))
        .filter(outbox::n_attempts.eq(claimed.attempt))
        .set((
            outbox::next_attempt_at.eq(again_at),
            outbox::last_error.eq(obstacle.code()),
        ))
        .execute(conn)
        .await?;
    Ok(if changed == 0 {
        Settled::NotOurs
    } else {
        Settled::PutOff(again_at)
    })
}

async fn mark_failed(
    conn: &mut Conn,
    claimed: &Claimed,
    obstacle: Obstacle,
    at: DateTime<Utc>,
) -> Result<Settled, DbError> {
    let changed = diesel::update(outbox::table)
        .filter(outbox::id.eq(claimed.id.0))
        .filter(outbox::state.eq(State::Queued))
        .filter(outbox::n_attempts.eq(claimed.attempt))
        .set((
            outbox::state.eq(State::Failed),
            outbox::failed_at.eq(at),
            outbox::last_error.eq(obstacle.code()),
        ))
        .execute(conn)
        .await?;
    Ok(if changed == 0 {
        Settled::NotOurs
    } else {
        Settled::Failed(obstacle)
    })
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

    #[test]
    fn giving_up_takes_about_four_days() {
        let tried = (1..MAX_ATTEMPTS).map(pause_after).sum::<TimeDelta>();
        assert!((90..=100).contains(&tried.num_hours()), "{tried}");
    }
}
