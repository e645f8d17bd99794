//! How what was promised to a person stands, in one line of the page of the case.

use chrono::NaiveDate;

use crate::calendar::{is_overdue, long_date};
use crate::case::answer::AnswerState;
use crate::web::staff::cases::loaded::Loaded;

/// What answers that have left promised.
pub(in crate::web::staff) struct Promised {
    /// `ok`, `soon` or `late`.
    pub(in crate::web::staff) tone: &'static str,
    pub(in crate::web::staff) badge: &'static str,
    pub(in crate::web::staff) words: String,
}

impl Promised {
    /// Nothing where nothing was promised.
    pub(in crate::web::staff) fn of(loaded: &Loaded, today: NaiveDate) -> Option<Self> {
        let left = loaded
            .answers
            .iter()
            .filter(|written| written.row.state == AnswerState::HandedOver);
        let promises: Vec<_> = left.flat_map(|written| &written.promises).collect();
        let open = promises.iter().filter(|one| one.kept_on.is_none());
        let mut due: Vec<NaiveDate> = open.filter_map(|one| one.commitment.due_on).collect();
        due.sort_unstable();
        let Some(first) = due.first() else {
            return (!promises.is_empty()).then(|| Self {
                tone: "ok",
                badge: "Tenus",
                words: "Tous les engagements pris sont tenus.".to_owned(),
            });
        };
        let is_late = is_overdue(*first, today);
        let n_open = match due.len() {
            1 => "1\u{a0}engagement".to_owned(),
            n => format!("{n}\u{a0}engagements"),
        };
        Some(Self {
            tone: if is_late { "late" } else { "soon" },
            badge: if is_late { "En retard" } else { "À tenir" },
            words: format!(
                "{n_open} à tenir, le premier au plus tard le {}.",
                long_date(*first)
            ),
        })
    }
}
