//! Where an e-mail stands, as its row tells.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::schema::outbox;
use crate::mail::outbox::State;
use crate::mail::{Obstacle, OutboxId};

/// A row of the outbox, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// Its row.
    pub id: OutboxId,
    /// The caller's code for it.
    pub purpose: String,
    /// The case it is about, if any.
    pub about: Option<i64>,
    /// When it was put in the outbox.
    pub queued_at: DateTime<Utc>,
    /// Where it stands.
    pub standing: Standing,
}

/// Where an e-mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It leaves as soon as a worker takes it, or is leaving.
    Waiting,
    /// Its hour has not come: it was never tried, and leaves at this instant.
    Held(DateTime<Utc>),
    /// The daily cap, or an attempt that met an obstacle, puts it off.
    PutOff {
        /// The next attempt.
        until: DateTime<Utc>,
        /// What stood in the way; none for the daily cap.
        obstacle: Option<Obstacle>,
    },
    /// *Non envoyé, aucun relais configuré*: it lies in a file since this instant.
    Written(DateTime<Utc>),
    /// The relay took charge of it at this instant.
    HandedOver(DateTime<Utc>),
    /// It was handed over, and came back at this instant: it was not delivered.
    Bounced(DateTime<Utc>),
    /// It will not be tried again.
    Failed {
        /// Since when.
        at: DateTime<Utc>,
        /// Why.
        obstacle: Obstacle,
    },
}

impl Standing {
    /// Whether it did not reach whom it was for, as far as is known: it may be tried anew.
    pub const fn is_undelivered(self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Bounced(_))
    }

    /// Whether nothing but its hour keeps it, until this instant.
    pub fn is_held_until(self, instant: DateTime<Utc>) -> bool {
        self == Self::Held(instant)
    }
}

/// A row without its address and text.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    id: i64,
    purpose: String,
    about: Option<i64>,
    state: State,
    queued_at: DateTime<Utc>,
    next_attempt_at: DateTime<Utc>,
    n_attempts: i32,
    written_at: Option<DateTime<Utc>>,
    handed_over_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
    last_error: Option<String>,
    bounced_at: Option<DateTime<Utc>>,
    held_until: Option<DateTime<Utc>>,
}

impl Row {
    pub(super) fn tracked(self, now: DateTime<Utc>) -> Tracked {
        Tracked {
            standing: self.standing(now),
            id: OutboxId(self.id),
            purpose: self.purpose,
            about: self.about,
            queued_at: self.queued_at,
        }
    }

    fn standing(&self, now: DateTime<Utc>) -> Standing {
        let obstacle = self.last_error.as_deref().map(Obstacle::from_code);
        match self.state {
            State::HandedOver => match self.bounced_at {
                Some(at) => Standing::Bounced(at),
                None => Standing::HandedOver(self.handed_over_at.unwrap_or(self.queued_at)),
            },
            State::Failed => Standing::Failed {
                at: self.failed_at.unwrap_or(self.queued_at),
                obstacle: obstacle.unwrap_or(Obstacle::Protocol),
            },
            State::Queued => match self.written_at {
                Some(written_at) if self.n_attempts == 0 => Standing::Written(written_at),
                // A row that a worker holds for the first time has no obstacle yet: it is leaving.
                _ if self.next_attempt_at > now && self.is_held() => {
                    Standing::Held(self.next_attempt_at)
                }
                _ if self.next_attempt_at > now && (obstacle.is_some() || self.n_attempts == 0) => {
                    Standing::PutOff {
                        until: self.next_attempt_at,
                        obstacle,
                    }
                }
                _ => Standing::Waiting,
            },
        }
    }

    /// Whether it waits for the hour that was set for it, and for nothing else.
    fn is_held(&self) -> bool {
        self.n_attempts == 0
            && self.last_error.is_none()
            && self.held_until == Some(self.next_attempt_at)
    }
}
