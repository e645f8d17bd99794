//! The dates of one start as the command line prints them, in JSON or in plain text.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::calendar::{Deadline, LegalDates, Start};

/// Every clock of one start; serialized, its keys are those other programs rely on, with dates as
/// `YYYY-MM-DD`. Displayed, it is text for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlinesReport {
    first_written_on: NaiveDate,
    received_on: NaiveDate,
    ack_due: NaiveDate,
    ack_due_from_reception: NaiveDate,
    answer_due: NaiveDate,
    answer_due_from_reception: NaiveDate,
    mediation_from: NaiveDate,
    mediation_open_internally: NaiveDate,
    mediation_last_day: NaiveDate,
    explanation: Vec<String>,
    #[serde(skip)]
    text: String,
}

impl DeadlinesReport {
    /// Computes the dates of `start` and explains them.
    pub fn new(start: Start) -> Self {
        let dates = LegalDates::compute(start);
        let paragraphs: Vec<Vec<String>> = Deadline::ALL
            .into_iter()
            .map(|deadline| paragraph(&dates, deadline))
            .collect();
        Self {
            first_written_on: start.first_written_on(),
            received_on: start.received_on(),
            ack_due: dates.ack_due.date,
            ack_due_from_reception: dates.ack_due_from_reception.date,
            answer_due: dates.answer_due.date,
            answer_due_from_reception: dates.answer_due_from_reception.date,
            mediation_from: dates.mediation_from.date,
            mediation_open_internally: dates.mediation_open_internally.date,
            mediation_last_day: dates.mediation_last_day.date,
            text: paragraphs
                .iter()
                .map(|lines| lines.join("\n  "))
                .collect::<Vec<_>>()
                .join("\n\n"),
            explanation: paragraphs.concat(),
        }
    }
}

impl fmt::Display for DeadlinesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The statement of a deadline, then the sentences that explain it.
fn paragraph(dates: &LegalDates, deadline: Deadline) -> Vec<String> {
    let mut lines = vec![deadline.statement(dates.get(deadline).date)];
    lines.extend(dates.sentences(deadline));
    lines
}
