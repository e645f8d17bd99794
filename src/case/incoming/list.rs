//! The e-mails that reached us, as their desk lists them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::incoming::decide::can_be_a_persons;
use crate::case::incoming::readable::readable;
use crate::case::incoming::{IncomingId, Reason, State};
use crate::case::sight::Viewer;
use crate::case::{CaseId, Reference};
use crate::db::schema::{cases, incoming_mails};
use crate::db::{Conn, DbError};
use crate::mail::EmailAddress;
use crate::mail::incoming::Sort;

/// A part of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Held, or not understood: staff decide.
    ToDecide,
    /// With a case.
    Filed,
    /// Machines, and what staff set aside.
    SetAside,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 3] = [Self::ToDecide, Self::Filed, Self::SetAside];

    const fn states(self) -> &'static [State] {
        match self {
            // One that is not understood yet waits too, should that take time.
            Self::ToDecide => &[State::Held, State::NotUnderstood, State::New],
            Self::Filed => &[State::Filed],
            Self::SetAside => &[State::SetAside],
        }
    }
}

/// An e-mail of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: IncomingId,
    /// Where it stands.
    pub state: State,
    /// Who speaks; none until it is understood.
    pub sort: Option<Sort>,
    /// Why it is held.
    pub reason: Option<Reason>,
    /// The address of whoever signs it.
    pub sender: Option<String>,
    /// The name they give themselves.
    pub sender_name: Option<String>,
    /// Its subject, maybe blank.
    pub subject: String,
    /// When it reached us, UTC.
    pub received_at: DateTime<Utc>,
    /// Its case, if it has one.
    pub case: Option<Reference>,
}

impl Listed {
    /// Whether it can be the person's own, so that a case may be opened of it.
    pub fn can_be_a_persons(&self) -> bool {
        let sender = self.sender.as_deref();
        let sender = sender.and_then(|sender| EmailAddress::parse(sender).ok());
        sender.is_none_or(|sender| can_be_a_persons(self.sort, &sender))
    }
}

/// E-mails of a page of the desk.
const PAGE: usize = 50;

/// The columns of a list.
#[derive(Queryable, Selectable)]
#[diesel(table_name = incoming_mails, check_for_backend(diesel::pg::Pg))]
pub(super) struct Row {
    id: i64,
    state: State,
    sort: Option<Sort>,
    reason: Option<Reason>,
    sender: Option<String>,
    sender_name: Option<String>,
    subject: String,
    received_at: DateTime<Utc>,
    case_id: Option<i64>,
}

impl Row {
    pub(super) fn listed(self, year: Option<i16>) -> Listed {
        let case = self.case_id.zip(year);
        Listed {
            id: IncomingId(self.id),
            state: self.state,
            sort: self.sort,
            reason: self.reason,
            sender: self.sender,
            sender_name: self.sender_name,
            subject: self.subject,
            received_at: self.received_at,
            case: case.map(|(case, year)| Reference::new(year, CaseId(case))),
        }
    }
}

/// A page of a section, newest first: those before `before`, and whether there are more.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    (section, before): (Section, Option<IncomingId>),
    viewer: Viewer,
) -> Result<(Vec<Listed>, bool), DbError> {
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let of_case = diesel::alias!(cases as of_case);
    let rows: Vec<(Row, Option<i16>)> = incoming_mails::table
        .left_join(
            of_case.on(of_case
                .field(cases::id)
                .nullable()
                .eq(incoming_mails::case_id)),
        )
        .filter(incoming_mails::state.eq_any(section.states()))
        .filter(incoming_mails::id.lt(before.map_or(i64::MAX, |id| id.0)))
        .filter(readable(viewer).fixed())
        .order(incoming_mails::id.desc())
        .limit(limit)
        .select((
            Row::as_select(),
            of_case.field(cases::reference_year).nullable(),
        ))
        .load(conn)
        .await?;
    let is_more = rows.len() > PAGE;
    let listed = rows.into_iter().take(PAGE);
    Ok((
        listed.map(|(row, year)| row.listed(year)).collect(),
        is_more,
    ))
}

/// Most e-mails that are counted: that many stand for more.
pub const COUNTED: i64 = 100;

/// How long an e-mail may wait to be understood before it is counted: many times what that takes.
const SOON: TimeDelta = TimeDelta::hours(1);

/// How many e-mails wait for staff at `at`, [`COUNTED`] at most: those to decide on, and those that are
/// still not understood after an hour.
///
/// # Errors
/// When the database fails.
pub async fn n_to_decide(
    conn: &mut Conn,
    viewer: Viewer,
    at: DateTime<Utc>,
) -> Result<i64, DbError> {
    let to_decide = incoming_mails::state.eq_any([State::Held, State::NotUnderstood]);
    let new = incoming_mails::state.eq(State::New);
    let ids: Vec<i64> = incoming_mails::table
        .filter(to_decide.or(new.and(incoming_mails::stored_at.le(at - SOON))))
        .filter(readable(viewer).fixed())
        .limit(COUNTED)
        .select(incoming_mails::id)
        .load(conn)
        .await?;
    Ok(i64::try_from(ids.len()).unwrap_or(COUNTED))
}
