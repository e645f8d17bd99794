//! An answer just sent, while that can be undone.

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::Paris;

use crate::case::answer::AnswerState;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::moment::Moment;

/// Until when the sending can be cancelled.
pub(in crate::web::staff) struct Held {
    /// Row of the answer.
    pub(in crate::web::staff) answer: i64,
    pub(in crate::web::staff) until: Moment,
    /// `10 h 12 min 40 s`, Paris time.
    pub(in crate::web::staff) words: String,
}

impl Held {
    /// Of the answer that is leaving, if there is time left at `now`.
    pub(in crate::web::staff) fn of(loaded: &Loaded, now: DateTime<Utc>) -> Option<Self> {
        let row = &loaded.in_hand()?.row;
        let until = row.held_until.filter(|until| now < *until)?;
        (row.state == AnswerState::Leaving).then(|| Self {
            answer: row.id,
            until: Moment::of(until),
            words: to_the_second(until),
        })
    }
}

fn to_the_second(at: DateTime<Utc>) -> String {
    let paris = at.with_timezone(&Paris);
    format!(
        "{}\u{a0}h\u{a0}{:02}\u{a0}min\u{a0}{:02}\u{a0}s",
        paris.hour(),
        paris.minute(),
        paris.second()
    )
}
