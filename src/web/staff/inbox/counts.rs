//! The counts on the tabs and what is said of e-mails, kept for a few seconds: nobody waits for them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::case::inbox::{self, Counts, Seat};
use crate::case::incoming::{self, Folder};
use crate::db::{Conn, DbError};
use crate::staff::StaffId;

/// How long counts are shown again without counting.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(5);
/// How long they are shown while someone else counts.
const SHOWN_FOR: TimeDelta = TimeDelta::seconds(15);

/// What stands around every list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glance {
    /// How many cases each list holds.
    pub(super) counts: Counts,
    /// E-mails that arrive; none for whoever has no right to their desk.
    pub(super) arrivals: Option<Arrivals>,
}

/// E-mails that arrive, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrivals {
    /// How many wait for staff.
    pub(super) n_to_decide: i64,
    /// The folders that are read.
    pub(super) folders: Vec<Folder>,
}

/// The last counts, by whose inbox it is.
#[derive(Debug, Default)]
pub struct CountsCache(Mutex<HashMap<StaffId, Kept>>);

/// Counts that were read once.
#[derive(Debug)]
struct Kept {
    glance: Glance,
    at: DateTime<Utc>,
    /// When a request last began to count them again: the others do not.
    claimed_at: DateTime<Utc>,
}

impl CountsCache {
    /// The counts for the inbox of `seat` at `now`, at most five seconds old, or fifteen while
    /// another request counts; `folders` are those of the mailbox, for whoever may see its desk.
    pub(super) async fn read(
        &self,
        conn: &mut Conn,
        seat: &Seat,
        folders: Option<&[(String, String)]>,
        now: DateTime<Utc>,
    ) -> Result<Glance, DbError> {
        if let Some(glance) = self.known(seat.viewer.id, now) {
            return Ok(glance);
        }
        let arrivals = match folders {
            Some(folders) => Some(Arrivals {
                n_to_decide: incoming::n_to_decide(conn, seat.viewer, now).await?,
                folders: incoming::rooms(conn, folders).await?,
            }),
            None => None,
        };
        let glance = Glance {
            counts: inbox::counts(conn, seat).await?,
            arrivals,
        };
        self.keep(seat.viewer.id, now, glance.clone());
        Ok(glance)
    }

    /// The counts to show; none for the one request that counts again.
    fn known(&self, whose: StaffId, now: DateTime<Utc>) -> Option<Glance> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get_mut(&whose)?;
        let is_claimed = is_within(KEPT_FOR, kept.claimed_at, now);
        let shown_for = if is_claimed { SHOWN_FOR } else { KEPT_FOR };
        if is_within(shown_for, kept.at, now) {
            return Some(kept.glance.clone());
        }
        kept.claimed_at = now;
        None
    }

    fn keep(&self, whose: StaffId, now: DateTime<Utc>, glance: Glance) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, kept| is_within(SHOWN_FOR, kept.at, now));
        let kept = Kept {
            glance,
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
        let glance = Glance {
            counts: Counts::from_iter([(List::Open, 3)]),
            arrivals: None,
        };
        cache.keep(StaffId(1), at, glance.clone());
        let later = at + TimeDelta::seconds(4);
        assert_eq!(cache.known(StaffId(1), later), Some(glance.clone()));
        assert_eq!(cache.known(StaffId(2), later), None);
        let expired = at + KEPT_FOR;
        assert_eq!(cache.known(StaffId(1), expired), None, "this one counts");
        for _ in 0..3 {
            assert_eq!(cache.known(StaffId(1), expired), Some(glance.clone()));
        }
        // It never came back: another one counts, and old figures are shown no longer.
        assert_eq!(cache.known(StaffId(1), expired + KEPT_FOR), None);
        assert_eq!(cache.known(StaffId(1), at + SHOWN_FOR), None);
    }
}
