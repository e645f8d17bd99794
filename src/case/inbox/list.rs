//! The fixed lists of the back office: which cases, in which order. Each is one range of one index.

use chrono::NaiveDate;

use crate::calendar;
use crate::case::StaffId;
use crate::case::inbox::desk;
use crate::case::reopen::REOPENED;
use crate::case::sight::{Viewer, in_sight, in_sight_while_live};
use crate::db::Condition;

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What one person must act on by today: theirs, and that of the absent they stand in for; for
    /// those who give cases to others, also that of nobody.
    Today,
    /// The open cases of one person.
    Mine,
    /// Nobody at the desk has confirmed what it is.
    ToQualify,
    /// Complaints whose acknowledgement has not left.
    ToAcknowledge,
    /// What comes next is our answer.
    ToAnswer,
    /// A refusal, complete but for its second reading.
    ToRead,
    /// We asked the person for something. Their legal clocks run on.
    Waiting,
    /// Contested answers.
    Disagreements,
    /// The person wrote, and nobody has answered or noted it as read; in any state.
    Messages,
    /// An e-mail could not be delivered, and the letter that replaces it has not been posted.
    Failed,
    /// The legal date has passed.
    Late,
    /// Nobody handles it.
    Unassigned,
    /// No act of staff for [`UNTOUCHED_JOURS_OUVRABLES`]; longest first.
    Untouched,
    /// With a date that staff follow beside the legal ones; first to come first.
    Followed,
    /// Answered, not closed.
    Answered,
    /// Work is owed.
    Open,
    /// Open information requests, the queue of the *Service client*.
    Requests,
    /// Closed or withdrawn, last first.
    Ended,
    /// Every case, newest first.
    All,
}

/// After how many *jours ouvrables* without an act of staff a case is listed as untouched.
pub const UNTOUCHED_JOURS_OUVRABLES: usize = 3;

impl List {
    /// Every list.
    pub const ALL: [Self; 19] = [
        Self::Today,
        Self::Mine,
        Self::ToQualify,
        Self::ToAcknowledge,
        Self::ToAnswer,
        Self::ToRead,
        Self::Waiting,
        Self::Disagreements,
        Self::Messages,
        Self::Failed,
        Self::Late,
        Self::Unassigned,
        Self::Untouched,
        Self::Followed,
        Self::Answered,
        Self::Open,
        Self::Requests,
        Self::Ended,
        Self::All,
    ];

    /// In which order it is read.
    pub const fn order(self) -> Order {
        match self {
            Self::Today
            | Self::Mine
            | Self::ToQualify
            | Self::ToAcknowledge
            | Self::ToAnswer
            | Self::ToRead
            | Self::Waiting
            | Self::Disagreements
            | Self::Messages
            | Self::Failed
            | Self::Late
            | Self::Unassigned
            | Self::Answered
            | Self::Open
            | Self::Requests => Order::NextDue,
            Self::Untouched => Order::LongestUntouched,
            Self::Followed => Order::NextFollowed,
            Self::Ended => Order::LastEnded,
            Self::All => Order::Newest,
        }
    }

    /// Its condition, spelt as that of its partial index: constants that were bound would hide it
    /// from the planner.
    pub(super) fn condition(self, seat: &Seat) -> Condition {
        let Viewer { id: me, today, .. } = &seat.viewer;
        match self {
            Self::Today => desk::due(seat),
            Self::Mine => of_handler(*me),
            Self::ToQualify => open(" AND cases.nature_qualified IS NULL"),
            Self::ToAcknowledge => Condition::of(
                "cases.status = 'received' AND cases.nature = 'complaint' AND cases.target_on IS NULL",
            ),
            Self::ToAnswer => open(
                " AND (cases.status = 'acknowledged' OR cases.target_on IS NOT NULL) \
                 AND cases.waiting_since IS NULL AND NOT cases.awaits_reader \
                 AND (cases.answered_on IS NULL OR ",
            )
            .words(REOPENED)
            .words(")"),
            Self::ToRead => open(" AND cases.awaits_reader"),
            Self::Waiting => open(" AND cases.waiting_since IS NOT NULL"),
            Self::Disagreements => Condition::of(
                "cases.status = 'acknowledged' AND cases.answered_on IS NOT NULL AND NOT ",
            )
            .words(REOPENED),
            Self::Messages => Condition::of("cases.person_wrote_at IS NOT NULL"),
            Self::Failed => Condition::of("cases.failed_sending"),
            Self::Late => open(
                " AND cases.nature = 'complaint' AND cases.target_on IS NULL \
                 AND cases.next_due_on < ",
            )
            .date(*today),
            Self::Unassigned => unassigned(),
            Self::Untouched => open(" AND cases.touched_on <= ").date(
                calendar::jours_ouvrables_ago(*today, UNTOUCHED_JOURS_OUVRABLES),
            ),
            Self::Followed => desk::followed(),
            Self::Answered => Condition::of("cases.status = 'answered'"),
            Self::Open => open(""),
            Self::Requests => open(" AND cases.nature = 'information_request'"),
            Self::Ended => Condition::of("cases.status IN ('closed', 'withdrawn')"),
            Self::All => Condition::of("cases.id > 0"),
        }
    }
}

fn open(more: &'static str) -> Condition {
    Condition::of("cases.status IN ('received', 'acknowledged')").words(more)
}

/// The open cases in other words, those of the index by handler: dates follow the order of the rows,
/// so that the planner would otherwise walk every open case by date and drop those of the others.
pub(super) const OPEN_OF_HANDLER: &str = "cases.status <> 'answered' AND cases.closed_on IS NULL";

pub(super) fn unassigned() -> Condition {
    open(" AND cases.handler_id IS NULL")
}

pub(super) fn of_handler(handler: StaffId) -> Condition {
    Condition::of(OPEN_OF_HANDLER)
        .words(" AND cases.handler_id = ")
        .id(handler.0)
}

/// Who reads the lists, and on which day.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// Who, and what they may read.
    pub viewer: Viewer,
    /// Whether they see to cases that nobody could act on: those who give cases to others.
    pub oversees: bool,
}

impl Seat {
    /// The cases of a list that they may see: part of every page, count and file.
    pub(super) fn sight(&self, list: List) -> Condition {
        if matches!(list, List::Ended | List::All) {
            in_sight(self.viewer)
        } else {
            in_sight_while_live(self.viewer)
        }
    }
}

/// The order of a list, and of its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Next date first.
    NextDue,
    /// Longest without an act of staff first.
    LongestUntouched,
    /// Next followed date first.
    NextFollowed,
    /// Last ended first.
    LastEnded,
    /// Last entered first.
    Newest,
}

impl Order {
    /// The columns, as `ORDER BY` has them.
    pub(super) const fn columns(self) -> &'static str {
        match self {
            Self::NextDue => "cases.next_due_on, cases.id",
            Self::LongestUntouched => "cases.touched_on, cases.id",
            Self::NextFollowed => desk::NEXT_FOLLOWED_THEN_ID,
            Self::LastEnded => "cases.closed_on DESC, cases.id DESC",
            Self::Newest => "cases.id DESC",
        }
    }

    /// The date of a line that its place in the list hangs on, as an expression.
    pub(super) const fn date(self) -> &'static str {
        match self {
            Self::NextDue | Self::Newest => "cases.next_due_on",
            Self::LongestUntouched => "cases.touched_on",
            Self::NextFollowed => desk::NEXT_FOLLOWED,
            Self::LastEnded => "cases.closed_on",
        }
    }

    /// What comes after a line. Rows are compared, which PostgreSQL turns into one range of the index.
    pub(super) fn after(self, cursor: Cursor) -> Condition {
        let Cursor { on, case } = cursor;
        let row = |words| {
            Condition::of(words)
                .date(on)
                .words(", ")
                .id(case.0)
                .words(")")
        };
        match self {
            Self::NextDue => row("(cases.next_due_on, cases.id) > ("),
            Self::LongestUntouched => row("(cases.touched_on, cases.id) > ("),
            Self::NextFollowed => row(desk::NEXT_FOLLOWED_AFTER),
            Self::LastEnded => row("(cases.closed_on, cases.id) < ("),
            Self::Newest => Condition::of("cases.id < ").id(case.0),
        }
    }
}

/// The last line of the page before: the next page begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its date, the one the list is ordered by.
    pub on: NaiveDate,
    /// Its case.
    pub case: crate::case::CaseId,
}
