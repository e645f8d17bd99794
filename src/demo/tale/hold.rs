//! Where a case is left waiting, so that even a small demonstration shows all that waits.

use crate::case::Channel;
use crate::case::answer::Outcome;
use crate::demo::people::Reach;

/// Where a case is left waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// It goes its way.
    Nowhere,
    /// A letter that nobody posts: the acknowledgement is overdue.
    Acknowledgement,
    /// The acknowledgement was refused by the address, and its letter waits.
    Failure,
    /// A complaint by word of mouth that nobody has confirmed in writing.
    Oral,
    /// Nobody has taken it.
    Unassigned,
    /// The person was asked for something, and reminded.
    Waiting,
    /// The insurer has it.
    Transfer,
    /// An answer that is being written.
    Drafting,
    /// An answer that nobody has read over.
    Reading,
    /// An answer that nobody has posted.
    Posting,
    /// An answer that the person contests.
    Disagreement,
    /// A holding letter has left, and no answer.
    Announced,
    /// What the answer promised is not done.
    Promise,
    /// The mediator waits for our documents.
    Mediation,
}

impl Hold {
    /// Of the case of this place, `age` days old. A few cases of the last weeks wait: more of them
    /// in a small demonstration.
    pub(super) fn of(place: u64, n_cases: u64, age: i64) -> Self {
        const EVERY: [(Hold, std::ops::RangeInclusive<i64>); 13] = [
            (Hold::Acknowledgement, 14..=56),
            (Hold::Reading, 20..=56),
            (Hold::Posting, 20..=56),
            (Hold::Failure, 3..=40),
            (Hold::Unassigned, 2..=35),
            (Hold::Waiting, 22..=56),
            (Hold::Transfer, 12..=52),
            (Hold::Drafting, 16..=56),
            (Hold::Disagreement, 35..=70),
            (Hold::Oral, 3..=35),
            (Hold::Announced, 45..=95),
            (Hold::Promise, 45..=95),
            (Hold::Mediation, 85..=130),
        ];
        let every = if n_cases < 2_000 { 13 } else { 160 };
        let kind = usize::try_from(place % every).unwrap_or_default();
        match EVERY.get(kind) {
            Some((hold, ages)) if ages.contains(&age) => *hold,
            _ => Self::Nowhere,
        }
    }

    /// How the person can be written to.
    pub(super) const fn reach(self) -> Reach {
        if matches!(self, Self::Acknowledgement | Self::Posting) {
            Reach::Post
        } else if matches!(self, Self::Failure) {
            Reach::Both
        } else {
            Reach::Any
        }
    }

    /// How it reached us, where that matters; one that waits is a complaint.
    pub(super) const fn channel(self, drawn: Channel) -> Channel {
        let is_spoken = matches!(drawn, Channel::Phone | Channel::Counter);
        if matches!(self, Self::Nowhere) {
            drawn
        } else if matches!(self, Self::Oral) {
            Channel::Phone
        } else if matches!(self, Self::Failure) || is_spoken {
            Channel::Web
        } else {
            drawn
        }
    }

    /// What its answer decides, where that matters.
    pub(super) const fn outcome(self) -> Option<Outcome> {
        if matches!(self, Self::Reading) {
            Some(Outcome::PartlyUpheld)
        } else if matches!(self, Self::Disagreement | Self::Mediation) {
            Some(Outcome::Rejected)
        } else if matches!(self, Self::Drafting | Self::Promise) {
            Some(Outcome::Upheld)
        } else {
            None
        }
    }

    /// Whether something follows its answer, which comes late enough for it to wait now.
    pub(super) const fn is_answered(self) -> bool {
        matches!(self, Self::Disagreement | Self::Mediation | Self::Promise)
    }

    /// Whether the acknowledgement waits to be posted.
    pub(super) const fn keeps_acknowledgement(self) -> bool {
        matches!(self, Self::Acknowledgement | Self::Failure)
    }
}
