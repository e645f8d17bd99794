//! What else a page of the back office shows of a case, each in a table of its own: read with the case,
//! in the same statement.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::Jsonb;
use serde::Deserialize;

use crate::case::incoming::answers_nothing_hidden;
use crate::case::outside::{BESIDE, Beside};
use crate::case::sight::Viewer;
use crate::case::{CaseId, Reference, StaffId};
use crate::db::{Condition, DbError, Fixed};

/// The particulars of a case, as its viewer reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Particulars {
    /// What stands beside its status.
    pub beside: Beside,
    /// Whether it is in the archive: what is left is to read it.
    #[serde(skip)]
    pub is_archived: bool,
    barred: Vec<i64>,
    /// Last day of the legal hold in force, Paris calendar.
    pub held_until: Option<NaiveDate>,
    /// Since when its processing is restricted, Paris calendar.
    pub restricted_on: Option<NaiveDate>,
    /// When staff opened it again, Paris calendar; none when they never did, or the person did since.
    pub reopened_on: Option<NaiveDate>,
    /// What caused it, as staff qualified it.
    pub cause: Option<String>,
    /// Motives of its acts, by the id that its journal names.
    pub motives: BTreeMap<i64, String>,
    /// Codes of the causes of the legal dates that were missed, by the code of the clock.
    pub latenesses: BTreeMap<String, String>,
    /// Year and id of the cases that belong with it.
    pub linked: Vec<(i16, i64)>,
    /// E-mails that reached us and are with it, and that the viewer may read, newest first: the id, the subject, and whether it
    /// opened the case or is a message of its person: the others are for staff.
    pub mails: Vec<(i64, String, bool)>,
    /// What the viewer began to write, by act.
    pub drafts: BTreeMap<String, StaffDraft>,
}

/// A form of the back office that someone began to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StaffDraft {
    /// Name and content of each field.
    pub fields: Vec<(String, String)>,
    /// When it was kept, UTC.
    pub saved_at: DateTime<Utc>,
}

impl Particulars {
    /// Whom the case complains about.
    pub fn barred(&self) -> impl Iterator<Item = StaffId> {
        self.barred.iter().copied().map(StaffId)
    }

    /// The cases that belong with it.
    pub fn linked(&self) -> impl Iterator<Item = Reference> {
        let linked = self.linked.iter();
        linked.map(|(year, id)| Reference::new(*year, CaseId(*id)))
    }
}

/// Each key is one of [`Particulars`]; what the viewer may read of those e-mails follows.
const BEFORE_MAILS: &str = "
    'barred', (SELECT coalesce(jsonb_agg(account_id ORDER BY id), '[]')
               FROM case_bars WHERE case_bars.case_id = cases.id AND lifted_at IS NULL),
    'held_until', (SELECT max(until_on)
                   FROM legal_holds WHERE legal_holds.case_id = cases.id AND lifted_at IS NULL),
    'restricted_on', (SELECT max((placed_at AT TIME ZONE 'Europe/Paris')::date)
                      FROM restrictions WHERE restrictions.case_id = cases.id AND lifted_at IS NULL),
    'reopened_on', (SELECT max((reopened_at AT TIME ZONE 'Europe/Paris')::date)
                    FROM reopenings WHERE reopenings.case_id = cases.id
                      AND reopened_at > coalesce((SELECT max(written_at) FROM messages
                          WHERE messages.case_id = cases.id AND kind = 'disagreement'), '-infinity')),
    'cause', (SELECT cause FROM qualifications WHERE qualifications.case_id = cases.id),
    'motives', (SELECT coalesce(jsonb_object_agg(motives.id, motives.body), '{}')
                FROM motives WHERE motives.case_id = cases.id),
    'latenesses', (SELECT coalesce(jsonb_object_agg(clock, cause), '{}')
                   FROM latenesses WHERE latenesses.case_id = cases.id),
    'linked', (SELECT coalesce(jsonb_agg(jsonb_build_array(other.reference_year, other.id) ORDER BY other.id), '[]')
               FROM case_links
               JOIN cases other ON other.id = case_links.case_id + case_links.other_id - cases.id
               WHERE cases.id IN (case_links.case_id, case_links.other_id) AND unlinked_at IS NULL),
    'mails', (SELECT coalesce(jsonb_agg(jsonb_build_array(id, subject,
                  message_id IS NOT NULL OR (state = 'filed' AND coalesce(decided_at, cases.entered_at) = cases.entered_at))
                  ORDER BY id DESC), '[]')
              FROM incoming_mails WHERE incoming_mails.case_id = cases.id AND ";

/// The rest; the viewer follows.
const DRAFTS: &str = "),
    'drafts', (SELECT coalesce(jsonb_object_agg(act, jsonb_build_object(
                   'fields', fields, 'saved_at', saved_at)), '{}')
               FROM staff_drafts WHERE staff_drafts.case_id = cases.id AND account_id = ";

/// Selects them for this viewer, in a statement that reads a row of `cases`.
pub(super) fn column(viewer: Viewer) -> Fixed<Jsonb> {
    Condition::of("jsonb_build_object('beside', ")
        .words(BESIDE)
        .words(",")
        .words(BEFORE_MAILS)
        .with(answers_nothing_hidden(viewer))
        .words(DRAFTS)
        .id(viewer.id.0)
        .words("))")
        .yielding()
}

/// Reads the column.
///
/// # Errors
/// When it is not what [`column()`] selects.
pub(super) fn read(column: serde_json::Value) -> Result<Particulars, DbError> {
    serde_json::from_value(column).map_err(|error| DbError::DeserializationError(error.into()))
}
