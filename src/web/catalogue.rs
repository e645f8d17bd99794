//! The lists of the form, kept for a few seconds: a filing does not read them again.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::case::Catalogue;
use crate::db::{Conn, DbError};

/// How long the lists are used without being read again.
const KEPT_FOR: TimeDelta = TimeDelta::seconds(10);

/// The lists as they were read last.
#[derive(Debug, Default)]
pub struct CatalogueCache(Mutex<Option<(DateTime<Utc>, Arc<Catalogue>)>>);

impl CatalogueCache {
    /// The lists at `now`, at most ten seconds old.
    pub(crate) async fn read(
        &self,
        conn: &mut Conn,
        now: DateTime<Utc>,
    ) -> Result<Arc<Catalogue>, DbError> {
        if let Some(kept) = self.kept().filter(|(at, _)| is_fresh(*at, now)) {
            return Ok(kept.1);
        }
        let read = Arc::new(Catalogue::read(conn).await?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((now, Arc::clone(&read)));
        drop(kept);
        Ok(read)
    }

    /// The lists as they were last known, for a page shown while the database is away: empty if
    /// they were never read.
    pub(crate) fn last_known(&self) -> Arc<Catalogue> {
        self.kept().map(|(_, lists)| lists).unwrap_or_default()
    }

    fn kept(&self) -> Option<(DateTime<Utc>, Arc<Catalogue>)> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn is_fresh(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at <= now && now - at < KEPT_FOR
}
