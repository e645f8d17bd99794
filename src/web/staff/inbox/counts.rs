//! The counts on the tabs, kept for a few seconds: nobody waits for them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::case::inbox::{self, Counts, Seat};
use crate::db::{Conn, DbError};
use crate::staff::StaffId;

/// How long counts are shown again without counting.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(5);
/// How long they are shown while someone else counts.
const SHOWN_FOR: TimeDelta = TimeDelta::seconds(15);

/// The last counts, by whose inbox it is.
#[derive(Debug, Default)]
pub struct CountsCache(Mutex<HashMap<StaffId, Kept>>);

/// Counts that were read once.
#[derive(Debug)]
struct Kept {
    counts: Counts,
    at: DateTime<Utc>,
    /// When a request last began to count them again: the others do not.
    claimed_at: DateTime<Utc>,
}

impl CountsCache {
    /// The counts for the inbox of `seat` at `now`, at most five seconds old, or fifteen while
    /// another request counts.
    pub(super) async fn read(
        &self,
        conn: &mut Conn,
        seat: &Seat,
        now: DateTime<Utc>,
    ) -> Result<Counts, DbError> {
        if let Some(counts) = self.known(seat.viewer.id, now) {
            return Ok(counts);
        }
        let counts = inbox::counts(conn, seat).await?;
        self.keep(seat.viewer.id, now, counts.clone());
        Ok(counts)
    }

    /// The counts to show; none for the one request that counts again.
    fn known(&self, whose: StaffId, now: DateTime<Utc>) -> Option<Counts> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get_mut(&whose)?;
        let is_claimed = is_within(KEPT_FOR, kept.claimed_at, now);
        let shown_for = if is_claimed { SHOWN_FOR } else { KEPT_FOR };
        if is_within(shown_for, kept.at, now) {
            return Some(kept.counts.clone());
        }
        kept.claimed_at = now;
        None
    }

    fn keep(&self, whose: StaffId, now: DateTime<Utc>, counts: Counts) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, kept| is_within(SHOWN_FOR, kept.at, now));
        let kept = Kept {
            counts,
            at: now,
            claimed_at: now,
        };
        all.insert(whose, kept);
    }
}

fn is_within(time: TimeDelta, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at <= now && now - at < time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::inbox::List;

    #[test]
    fn counts_are_kept_five_seconds_for_one_person_then_counted_once() {
        let cache = CountsCache::default();
        let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let counts = Counts::from_iter([(List::Open, 3)]);
        cache.keep(StaffId(1), at, counts.clone());
        let later = at + TimeDelta::seconds(4);
        assert_eq!(cache.known(StaffId(1), later), Some(counts.clone()));
        assert_eq!(cache.known(StaffId(2), later), None);
        let expired = at + KEPT_FOR;
        assert_eq!(cache.known(StaffId(1), expired), None, "this one counts");
        for _ in 0..3 {
            assert_eq!(cache.known(StaffId(1), expired), Some(counts.clone()));
        }
        // It never came back: another one counts, and old figures are shown no longer.
        assert_eq!(cache.known(StaffId(1), expired + KEPT_FOR), None);
        assert_eq!(cache.known(StaffId(1), at + SHOWN_FOR), None);
    }
}
