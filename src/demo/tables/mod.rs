//! The tables that a demonstration fills, with the columns it writes, in the order of their links.

mod beside;

use crate::db::copy::{Lexemes, Rows, Target};
use crate::demo::lexicon::Lexicon;
use crate::demo::tables::beside::Beside;

const CASES: Target = Target {
    table: "cases",
    columns: &[
        "id",
        "reference_year",
        "submission_id",
        "is_demo",
        "version",
        "nature_declared",
        "nature_qualified",
        "channel",
        "status",
        "handler_id",
        "person_name",
        "secret",
        "product",
        "subject",
        "procedure_version",
        "received_at",
        "entered_at",
        "target_on",
        "acknowledged_on",
        "answered_on",
        "closed_on",
        "next_due_on",
        "last_event_at",
        "awaits_reader",
        "failed_sending",
        "touched_on",
        "waiting_since",
        "person_wrote_at",
        "is_sensitive",
    ],
};
const LEGAL_DATES: Target = Target {
    table: "legal_dates",
    columns: &[
        "case_id",
        "rule_version",
        "first_written_on",
        "received_on",
        "expressed_on",
        "declared_earlier_on",
        "ack_due_on",
        "ack_due_from_reception_on",
        "answer_due_on",
        "answer_due_from_reception_on",
        "mediation_from_on",
        "mediation_open_on",
        "mediation_last_on",
    ],
};
const FILINGS: Target = Target {
    table: "filings",
    columns: &[
        "case_id",
        "first_name",
        "last_name",
        "email",
        "email_confirmed_at",
        "postal_address",
        "phone",
        "capacity",
        "represented",
        "is_professional",
        "subscription_path",
        "intermediary",
        "contract_number",
        "mandate",
        "earlier_contact",
        "earlier_way",
        "preferred_reply",
        "facts_when",
        "facts",
        "expectation",
        "accessibility",
    ],
};
const OUTBOX: Target = Target {
    table: "outbox",
    columns: &[
        "id",
        "purpose",
        "about",
        "recipient",
        "subject",
        "body",
        "origin",
        "desk",
        "message_id",
        "state",
        "queued_at",
        "next_attempt_at",
        "n_attempts",
        "handed_over_at",
        "failed_at",
        "last_error",
    ],
};
const MESSAGES: Target = Target {
    table: "messages",
    columns: &[
        "id",
        "case_id",
        "kind",
        "author_id",
        "body",
        "outbox_id",
        "written_at",
        "posted_on",
    ],
};
const NOTES: Target = Target {
    table: "notes",
    columns: &["id", "case_id", "author_id", "body", "written_at"],
};
const POSTAL_TASKS: Target = Target {
    table: "postal_tasks",
    columns: &[
        "id",
        "case_id",
        "kind",
        "created_at",
        "due_on",
        "done_on",
        "done_by",
        "replaces_email",
    ],
};
const GRIEVANCES: Target = Target {
    table: "grievances",
    columns: &["case_id", "number", "text"],
};
const ANSWERS: Target = Target {
    table: "answers",
    columns: &[
        "id",
        "case_id",
        "state",
        "outcome",
        "introduction",
        "author_id",
        "reader_id",
        "signatory_id",
        "dated_on",
        "letter",
        "outbox_id",
        "written_at",
        "sent_at",
        "handed_over_at",
        "handed_over_on",
        "amount_cents",
        "writer_ids",
    ],
};
const POSITIONS: Target = Target {
    table: "answer_positions",
    columns: &["answer_id", "grievance", "position", "grounds"],
};
const WORDS: Target = Target {
    table: "case_search",
    columns: &["case_id", "words"],
};
const JOURNAL: Target = Target {
    table: "journal_events",
    columns: &["chain", "seq", "at", "actor", "kind", "facts", "hash"],
};

/// The rows of a batch of cases.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) cases: Rows,
    pub(super) legal_dates: Rows,
    pub(super) filings: Rows,
    pub(super) outbox: Rows,
    pub(super) messages: Rows,
    pub(super) notes: Rows,
    pub(super) postal_tasks: Rows,
    pub(super) grievances: Rows,
    pub(super) answers: Rows,
    pub(super) positions: Rows,
    pub(super) beside: Beside,
    pub(super) journal: Rows,
    /// What each case says, for the search.
    pub(super) texts: Vec<(i64, String)>,
}

impl Tables {
    /// No row yet.
    pub(super) fn new() -> Self {
        Self {
            cases: Rows::new(CASES),
            legal_dates: Rows::new(LEGAL_DATES),
            filings: Rows::new(FILINGS),
            outbox: Rows::new(OUTBOX),
            messages: Rows::new(MESSAGES),
            notes: Rows::new(NOTES),
            postal_tasks: Rows::new(POSTAL_TASKS),
            grievances: Rows::new(GRIEVANCES),
            answers: Rows::new(ANSWERS),
            positions: Rows::new(POSITIONS),
            beside: Beside::new(),
            journal: Rows::new(JOURNAL),
            texts: Vec::new(),
        }
    }

    /// In the order in which they can be written: a row after those it refers to.
    pub(super) fn in_order(self, lexicon: &Lexicon) -> Vec<Rows> {
        let mut words = Rows::new(WORDS);
        for (case, text) in &self.texts {
            let row = words.row();
            row.put(*case).put(Lexemes(&lexicon.lexemes(text)));
        }
        let mut tables = vec![
            self.cases,
            self.legal_dates,
            self.filings,
            self.outbox,
            self.messages,
            self.notes,
            self.postal_tasks,
            self.grievances,
            self.answers,
            self.positions,
        ];
        tables.extend(self.beside.all());
        tables.extend([self.journal, words]);
        tables
    }
}

/// Most rows of one table that a case can have, and of the tables beside together.
pub(super) const IDS_PER_CASE: i64 = 20;

/// What the planner should know once the tables are full.
pub(super) const ANALYZE: &str = "ANALYZE cases, legal_dates, filings, outbox, messages, notes, \
    postal_tasks, grievances, answers, answer_positions, asks, holding_letters, transfers, mediations, \
    follow_ups, commitments, oral_complaints, latenesses, legal_holds, motives, case_bars, case_links, \
    case_labels, disagreements, qualifications, case_search, journal_events, seals, seal_leaves";
