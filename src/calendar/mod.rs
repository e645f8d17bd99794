//! The French legal calendar: *jours ouvrables*, holidays, and the dates promised, each with
//! its explanation in French. Pure: no clock, no database; `today` is always an argument.

mod days;
mod explanation;
mod holidays;
mod legal_dates;
mod office_hours;
mod parse;
mod report;
mod start;
mod targets;
mod words;

pub use days::{
    act_by, add_jours_ouvrables, count_jours_ouvrables, due_by, end_of_paris_day, is_jour_ouvrable,
    is_jour_ouvre, jours_ouvrables_ago, paris_date, paris_noon,
};
pub use explanation::{Explained, Explanation};
pub use holidays::{Holiday, easter_sunday, holidays_of, holidays_on};
pub use legal_dates::{Deadline, LegalDates};
pub use office_hours::{is_open, next_jour_ouvre, opens_at};
pub use parse::{DateError, FIRST_YEAR, LAST_YEAR, parse_date, parse_typed_date};
pub use report::DeadlinesReport;
pub use start::{DeclaredDate, Start, StartError};
pub use targets::{
    CLOSE_WITHIN_DAYS, MEDIATION_DOCUMENTS_WITHIN_DAYS, OBJECT_WITHIN_DAYS, Promise,
    QUALIFY_WITHIN_JOURS_OUVRABLES, REEXAMINE_WITHIN_JOURS_OUVRABLES,
    REQUEST_WITHIN_JOURS_OUVRABLES, close_target, days_left, is_overdue, mediation_documents_due,
    objection_last_day, oral_target, promise, qualify_target, reexamination_target, request_target,
    rights_due, told_before,
};
pub use words::{countdown, days_left_words, long_date, plain_date};

/// Version of the rules of this module, holidays included; frozen on each case with its dates.
pub const RULE_VERSION: &str = "2026-1";
