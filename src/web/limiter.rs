//! How often one address, or one case, may be tried: counted in memory, within bounds.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::case::draft::DraftId;
use crate::config::{Files, Limits, Switch};
use crate::web::AppError;
use crate::web::client::ClientAddress;

/// Most keys remembered at once: past it the oldest go first, so that memory stays bounded.
const MAX_KEYS: usize = 20_000;

/// Counts tries per key in windows of a fixed length.
#[derive(Debug)]
pub(crate) struct Limiter<K> {
    /// None: switched off.
    allowed: Option<u32>,
    window: TimeDelta,
    counts: Mutex<HashMap<K, Count>>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    since: DateTime<Utc>,
    n: u32,
}

impl<K: Eq + Hash + Copy> Limiter<K> {
    fn new(limits: &Limits, allowed: u32, window: TimeDelta) -> Self {
        let allowed = (limits.rate_limits == Switch::On).then_some(allowed);
        Self {
            allowed,
            window,
            counts: Mutex::default(),
        }
    }

    /// Whether `key` has used up its tries.
    pub(crate) fn is_over(&self, key: K, at: DateTime<Utc>) -> bool {
        self.wait(key, at).is_some()
    }

    /// How long `key`, which has used up its tries, must wait until they count anew.
    pub(crate) fn wait(&self, key: K, at: DateTime<Utc>) -> Option<TimeDelta> {
        let allowed = self.allowed?;
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.get(&key)?;
        (self.is_live(count, at) && count.n >= allowed).then(|| count.since + self.window - at)
    }

    /// Lets a known `key` that has tries left pass.
    ///
    /// # Errors
    /// [`AppError::TooMany`] with the wait.
    pub(crate) fn admit(&self, key: Option<K>, at: DateTime<Utc>) -> Result<(), AppError> {
        match key.and_then(|key| self.wait(key, at)) {
            Some(wait) => Err(AppError::TooMany(wait)),
            None => Ok(()),
        }
    }

    /// Counts one try of `key`.
    pub(crate) fn count(&self, key: K, at: DateTime<Utc>) {
        if self.allowed.is_none() {
            return;
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MAX_KEYS && !counts.contains_key(&key) {
            self.make_room(&mut counts, at);
        }
        let count = counts.entry(key).or_insert(Count { since: at, n: 0 });
        if !self.is_live(count, at) {
            *count = Count { since: at, n: 0 };
        }
        count.n = count.n.saturating_add(1);
    }

    fn is_live(&self, count: &Count, at: DateTime<Utc>) -> bool {
        at.signed_duration_since(count.since) < self.window
    }

    /// Forgets what is over, else the older half.
    fn make_room(&self, counts: &mut HashMap<K, Count>, at: DateTime<Utc>) {
        counts.retain(|_, count| self.is_live(count, at));
        if counts.len() < MAX_KEYS {
            return;
        }
        let mut since: Vec<DateTime<Utc>> = counts.values().map(|count| count.since).collect();
        since.sort_unstable();
        if let Some(middle) = since.get(since.len() / 2).copied() {
            counts.retain(|_, count| count.since > middle);
        }
    }
}

/// The limits of the pages that strangers reach.
#[derive(Debug)]
pub struct PublicLimits {
    /// Drafts begun from one address in an hour.
    pub(crate) drafts: Limiter<ClientAddress>,
    /// Filings of one address in an hour.
    pub(crate) filings: Limiter<ClientAddress>,
    /// Links to a draft asked for from one address in an hour.
    pub(crate) links_by_address: Limiter<ClientAddress>,
    /// Links to one draft in an hour.
    pub(crate) links_by_draft: Limiter<DraftId>,
    /// What the person of one case sends from their page in an hour.
    pub(crate) case_acts: Limiter<i64>,
    /// Wrong codes from one address in a quarter of an hour.
    pub(crate) guesses_by_address: Limiter<ClientAddress>,
    /// Wrong codes for one number of case in a quarter of an hour, wherever they come from.
    pub(crate) guesses_by_case: Limiter<i64>,
    /// Lost codes told from one address in a quarter of an hour.
    pub(crate) lost_codes: Limiter<ClientAddress>,
    /// Files sent from one address in an hour.
    pub(crate) uploads: Limiter<ClientAddress>,
    /// Wrong passwords and codes of staff from one address in a quarter of an hour.
    pub(crate) sign_ins: Limiter<ClientAddress>,
}

impl PublicLimits {
    /// As the settings say.
    pub fn new(limits: &Limits, files: &Files) -> Self {
        let quarter = TimeDelta::minutes(15);
        Self {
            drafts: Limiter::new(limits, limits.drafts_per_hour, TimeDelta::hours(1)),
            filings: Limiter::new(limits, limits.filings_per_hour, TimeDelta::hours(1)),
            links_by_address: Limiter::new(limits, limits.links_per_hour, TimeDelta::hours(1)),
            links_by_draft: Limiter::new(limits, limits.links_per_hour, TimeDelta::hours(1)),
            case_acts: Limiter::new(limits, limits.case_acts_per_hour, TimeDelta::hours(1)),
            guesses_by_address: Limiter::new(limits, limits.guesses_per_quarter, quarter),
            guesses_by_case: Limiter::new(limits, limits.guesses_per_quarter, quarter),
            lost_codes: Limiter::new(limits, limits.guesses_per_quarter, quarter),
            uploads: Limiter::new(limits, files.uploads_per_hour, TimeDelta::hours(1)),
            sign_ins: Limiter::new(limits, limits.guesses_per_quarter, quarter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(allowed: u32) -> Limiter<usize> {
        Limiter {
            allowed: Some(allowed),
            window: TimeDelta::minutes(15),
            counts: Mutex::default(),
        }
    }

    #[test]
    fn tries_are_counted_per_key_and_forgotten_after_the_window() {
        let limiter = limiter(2);
        let at = DateTime::UNIX_EPOCH;
        limiter.count(1, at);
        assert!(!limiter.is_over(1, at));
        limiter.count(1, at + TimeDelta::minutes(14));
        assert!(limiter.is_over(1, at + TimeDelta::minutes(14)));
        assert_eq!(
            limiter.wait(1, at + TimeDelta::minutes(14)),
            Some(TimeDelta::minutes(1)),
            "from the first try on"
        );
        assert!(!limiter.is_over(2, at));
        assert!(!limiter.is_over(1, at + TimeDelta::minutes(15)));
    }

    #[test]
    fn memory_is_bounded_and_the_newest_are_kept() {
        let limiter = limiter(1);
        for key in 0..=MAX_KEYS {
            let since = i64::try_from(key).unwrap();
            limiter.count(key, DateTime::UNIX_EPOCH + TimeDelta::milliseconds(since));
        }
        let n_kept = limiter.counts.lock().unwrap().len();
        assert!(n_kept <= MAX_KEYS, "{n_kept}");
        assert!(limiter.is_over(MAX_KEYS, DateTime::UNIX_EPOCH + TimeDelta::minutes(1)));
    }
}
