//! The counts on the tabs, kept for a few seconds: nobody waits for them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::case::inbox::{self, Counts, Seat};
use crate::db::{Conn, DbError};
use crate::staff::StaffId;

/// How long counts are shown again without counting.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(5);

/// The last counts, by whose inbox it is.
#[derive(Debug, Default)]
pub struct CountsCache(Mutex<HashMap<StaffId, (DateTime<Utc>, Counts)>>);

impl CountsCache {
    /// The counts for the inbox of `seat` at `now`, at most five seconds old.
    pub(super) async fn read(
        &self,
        conn: &mut Conn,
        seat: &Seat,
        now: DateTime<Utc>,
    ) -> Result<Counts, DbError> {
        if let Some(counts) = self.fresh(seat.me, now) {
            return Ok(counts);
        }
        let counts = inbox::counts(conn, seat).await?;
        self.keep(seat.me, now, counts.clone());
        Ok(counts)
    }

    fn fresh(&self, whose: StaffId, now: DateTime<Utc>) -> Option<Counts> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&whose)
            .filter(|(at, _)| is_fresh(*at, now))
            .map(|(_, counts)| counts.clone())
    }

    fn keep(&self, whose: StaffId, now: DateTime<Utc>, counts: Counts) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (at, _)| is_fresh(*at, now));
        kept.insert(whose, (now, counts));
    }
}

fn is_fresh(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at <= now && now - at < KEPT_FOR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::inbox::List;

    #[test]
    fn counts_are_kept_five_seconds_for_one_person() {
        let cache = CountsCache::default();
        let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let counts = Counts::from_iter([(List::Open, 3)]);
        cache.keep(StaffId(1), at, counts.clone());
        let later = at + TimeDelta::seconds(4);
        assert_eq!(cache.fresh(StaffId(1), later), Some(counts));
        assert_eq!(cache.fresh(StaffId(2), later), None);
        assert_eq!(cache.fresh(StaffId(1), at + KEPT_FOR), None);
    }
}
