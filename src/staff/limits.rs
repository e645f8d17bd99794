//! The limits of accounts and sessions; all are settings.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// How long things last and how often one may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffLimits {
    /// A session ends when nothing was asked for this long.
    pub session_idle: TimeDelta,
    /// A session ends this long after sign-in, whatever happens.
    pub session_absolute: TimeDelta,
    /// Time to type the code once the password was right.
    pub code_within: TimeDelta,
    /// Life of a one-time link.
    pub link_lifetime: TimeDelta,
    /// Failures in a row after which the account is blocked for a while.
    pub n_failures_before_block: i32,
    /// The first block; each further failure doubles it.
    pub first_block: TimeDelta,
    /// The longest block before the lock.
    pub longest_block: TimeDelta,
    /// Failures after which the account is locked where they were made.
    pub n_failures_before_lock: i32,
    /// How long the lock holds, unless an administrator opens it: nobody can lock a colleague out for
    /// good.
    pub lock: TimeDelta,
    /// Each such time without a failure forgives one.
    pub forgive_one_after: TimeDelta,
    /// Where someone has signed in, failures elsewhere do not count for this long.
    pub place_is_trusted_for: TimeDelta,
    /// A refused password takes at least this long to be refused, whatever the reason.
    pub refusal_takes: Duration,
}

impl Default for StaffLimits {
    fn default() -> Self {
        Self {
            session_idle: TimeDelta::minutes(30),
            session_absolute: TimeDelta::hours(12),
            code_within: TimeDelta::minutes(5),
            link_lifetime: TimeDelta::hours(24),
            n_failures_before_block: 5,
            first_block: TimeDelta::minutes(1),
            longest_block: TimeDelta::minutes(15),
            n_failures_before_lock: 10,
            lock: TimeDelta::hours(1),
            forgive_one_after: TimeDelta::minutes(30),
            place_is_trusted_for: TimeDelta::days(90),
            refusal_takes: Duration::from_millis(400),
        }
    }
}

impl StaffLimits {
    /// How long the account is blocked, where it failed, after this many failures, if at all.
    pub fn block_after(&self, n_failures: i32) -> Option<TimeDelta> {
        if self.locks_after(n_failures) {
            return Some(self.lock);
        }
        self.slow_after(n_failures)
    }

    /// How long it is blocked where it has never signed in after this many failures, wherever they come
    /// from, if at all: never locked, or a stranger could lock anybody out.
    pub fn slow_after(&self, n_failures: i32) -> Option<TimeDelta> {
        let extra = n_failures.checked_sub(self.n_failures_before_block)?;
        let doublings = u32::try_from(extra).ok()?.min(16);
        let block = self
            .first_block
            .checked_mul(1_i32.checked_shl(doublings)?)
            .unwrap_or(self.longest_block);
        Some(block.min(self.longest_block))
    }

    /// How many of those failures, the last of which was at `failed_at`, still count at `at`.
    pub fn still_counted(
        &self,
        n_failures: i32,
        failed_at: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
    ) -> i32 {
        let since = failed_at.map_or(TimeDelta::zero(), |failed_at| at - failed_at);
        let unit = self.forgive_one_after.num_seconds().max(1);
        let n_forgiven = i32::try_from(since.num_seconds() / unit).unwrap_or(i32::MAX);
        n_failures.saturating_sub(n_forgiven.max(0)).max(0)
    }

    /// Whether this many failures in a row lock the account where it failed.
    pub const fn locks_after(&self, n_failures: i32) -> bool {
        self.n_failures_before_lock <= n_failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_doubles_up_to_the_longest_then_locks() {
        let limits = StaffLimits::default();
        let minutes = |n| limits.block_after(n).map(|block| block.num_minutes());
        assert_eq!(minutes(4), None);
        assert_eq!(
            [5, 6, 7, 8, 9, 10, i32::MAX].map(minutes),
            [
                Some(1),
                Some(2),
                Some(4),
                Some(8),
                Some(15),
                Some(60),
                Some(60)
            ]
        );
        assert_eq!(
            [4, 5, 10, i32::MAX].map(|n| limits.slow_after(n).map(|block| block.num_minutes())),
            [None, Some(1), Some(15), Some(15)]
        );
    }

    #[test]
    fn time_forgives_one_failure_after_the_other() {
        let limits = StaffLimits::default();
        let failed_at = DateTime::UNIX_EPOCH;
        let left = |minutes| {
            let at = failed_at + TimeDelta::minutes(minutes);
            limits.still_counted(10, Some(failed_at), at)
        };
        assert_eq!([0, 29, 30, 120, 300, 999].map(left), [10, 10, 9, 6, 0, 0]);
        assert_eq!(left(-5), 10, "a clock that was put back");
    }
}
