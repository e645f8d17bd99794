//! What the dates of a case will be, before it is registered, and what is late already.

use chrono::NaiveDate;

use crate::calendar::Deadline;
use crate::case::entry::Dated;
use crate::case::{Channel, Nature};
use crate::web::staff::lateness::{Dues, late_on_entry};
use crate::web::staff::moment::{Day, Remaining};

/// The dates that follow from how and when it reached us.
pub(super) struct Preview {
    pub(super) lines: Vec<Line>,
    /// What is late already.
    pub(super) late: Vec<String>,
    /// Written or said more than two years ago.
    pub(super) is_old: bool,
}

/// One date.
pub(super) struct Line {
    pub(super) title: &'static str,
    pub(super) day: Day,
    pub(super) left: Option<Remaining>,
    pub(super) why: Vec<String>,
}

impl Preview {
    /// As entered on `today`; a target of ours is `within` *jours ouvrables* away.
    pub(super) fn new(dated: &Dated, today: NaiveDate, within: usize) -> Self {
        let is_old = dated.is_old(today);
        let Some(legal) = dated.legal_dates(today) else {
            let due = dated.target(within);
            return Self {
                lines: due
                    .map(|due| target(dated, due, today))
                    .into_iter()
                    .collect(),
                late: Vec::new(),
                is_old,
            };
        };
        let line = |deadline: Deadline, has_end: bool| Line {
            title: deadline.title(),
            day: Day::of(legal.get(deadline).date),
            left: has_end.then(|| Remaining::before(legal.get(deadline).date, today)),
            why: legal.sentences(deadline),
        };
        let dues = Dues {
            ack: Some(legal.ack_due.date),
            answer: Some(legal.answer_due.date),
        };
        Self {
            lines: vec![
                line(Deadline::Acknowledgement, true),
                line(Deadline::Answer, true),
                line(Deadline::MediationFrom, false),
                line(Deadline::MediationLastDay, false),
            ],
            late: late_on_entry(dues, dated.arrival.received_on(), today),
            is_old,
        }
    }
}

fn target(dated: &Dated, due: NaiveDate, today: NaiveDate) -> Line {
    let why = match (dated.effective(), dated.channel) {
        (Nature::InformationRequest, _) => {
            "Une demande d’information n’a pas de délai légal\u{202f}: cette date est notre objectif."
        }
        (Nature::Complaint, Channel::Phone | Channel::Counter) => {
            "Une réclamation orale ne fait courir aucun délai légal tant qu’elle n’est pas confirmée \
             par écrit\u{202f}: cette date est notre objectif."
        }
        (Nature::Complaint, Channel::Web | Channel::Email | Channel::Post) => "",
    };
    Line {
        title: "Objectif interne",
        day: Day::of(due),
        left: Some(Remaining::before(due, today)),
        why: vec![why.to_owned()],
    }
}
