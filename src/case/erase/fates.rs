//! What erasing a case does to each table: the one list. A table that can hold text and is not on
//! it fails a test.

/// What becomes of the rows of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are deleted: what finds them, `$1` being the case.
    Deleted(&'static str),
    /// They stay, and these columns are emptied.
    Emptied(&'static [&'static str]),
    /// They go with the row they hang on.
    GoesWith(&'static str),
    /// They stay as they are: codes, dates and digests.
    Stays,
    /// They are of no case.
    OfNoCase,
}

/// Each table and its fate. Rows are deleted in this order: what refers to a row goes before it.
pub const FATES: &[(&str, Fate)] = &[
    ("disagreements", Fate::Deleted("case_id = $1")),
    ("evaluations", Fate::Deleted("case_id = $1")),
    ("former_contacts", Fate::Deleted("case_id = $1")),
    (
        "uploads",
        Fate::Deleted(
            "id IN (SELECT upload FROM case_files WHERE case_id = $1 \
             UNION SELECT upload FROM incoming_mails WHERE case_id = $1 \
             UNION SELECT p.upload FROM incoming_pieces AS p \
             JOIN incoming_mails AS m ON m.id = p.mail_id WHERE m.case_id = $1)",
        ),
    ),
    ("incoming_mails", Fate::GoesWith("uploads")),
    ("incoming_pieces", Fate::GoesWith("incoming_mails")),
    ("incoming_leads", Fate::GoesWith("incoming_mails")),
    ("file_chunks", Fate::GoesWith("uploads")),
    ("case_files", Fate::GoesWith("uploads")),
    ("enclosures", Fate::GoesWith("case_files")),
    (
        "answer_positions",
        Fate::Deleted("answer_id IN (SELECT id FROM answers WHERE case_id = $1)"),
    ),
    ("commitments", Fate::Deleted("case_id = $1")),
    ("divergences", Fate::Deleted("case_id = $1")),
    ("answers", Fate::Deleted("case_id = $1")),
    ("grievances", Fate::Deleted("case_id = $1")),
    ("asks", Fate::Deleted("case_id = $1")),
    ("holding_letters", Fate::Deleted("case_id = $1")),
    ("transfers", Fate::Deleted("case_id = $1")),
    ("withdrawals_taken", Fate::Deleted("case_id = $1")),
    ("mediations", Fate::Deleted("case_id = $1")),
    ("follow_ups", Fate::Deleted("case_id = $1")),
    ("messages", Fate::Deleted("case_id = $1")),
    ("latenesses", Fate::Deleted("case_id = $1")),
    ("stage_notices", Fate::Deleted("case_id = $1")),
    ("notes", Fate::Deleted("case_id = $1")),
    ("motives", Fate::Deleted("case_id = $1")),
    ("qualifications", Fate::Deleted("case_id = $1")),
    ("staff_drafts", Fate::Deleted("case_id = $1")),
    ("oral_complaints", Fate::Deleted("case_id = $1")),
    ("postal_tasks", Fate::Deleted("case_id = $1")),
    ("requalifications", Fate::Deleted("case_id = $1")),
    ("drafts", Fate::Deleted("filed_case_id = $1")),
    ("filings", Fate::Deleted("case_id = $1")),
    // After what writes it anew.
    ("case_search", Fate::Deleted("case_id = $1")),
    ("outbox", Fate::Deleted("about = $1")),
    ("letters_owed", Fate::GoesWith("outbox")),
    ("cases", Fate::Emptied(&["person_name", "secret"])),
    ("case_bars", Fate::Stays),
    ("case_labels", Fate::Stays),
    ("case_links", Fate::Stays),
    ("date_corrections", Fate::Stays),
    ("legal_dates", Fate::Stays),
    ("legal_holds", Fate::Stays),
    ("reopenings", Fate::Stays),
    ("restrictions", Fate::Stays),
    ("erased_cases", Fate::Stays),
    ("journal_events", Fate::Stays),
    ("seals", Fate::Stays),
    ("seal_leaves", Fate::Stays),
    ("absences", Fate::OfNoCase),
    ("catalogue_changes", Fate::OfNoCase),
    ("digest_days", Fate::OfNoCase),
    ("labels", Fate::OfNoCase),
    ("label_changes", Fate::OfNoCase),
    ("mailbox_folders", Fate::OfNoCase),
    ("mailbox_refusals", Fate::OfNoCase),
    ("person_requests", Fate::OfNoCase),
    ("print_runs", Fate::OfNoCase),
    ("products", Fate::OfNoCase),
    ("saved_filters", Fate::OfNoCase),
    ("setting_changes", Fate::OfNoCase),
    ("staff_accounts", Fate::OfNoCase),
    ("staff_links", Fate::OfNoCase),
    ("staff_places", Fate::OfNoCase),
    ("staff_recovery_codes", Fate::OfNoCase),
    ("staff_sessions", Fate::OfNoCase),
    ("subjects", Fate::OfNoCase),
    ("template_versions", Fate::OfNoCase),
    ("templates", Fate::OfNoCase),
];
