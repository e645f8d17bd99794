//! The act of asking the person for something. It is an annotation: we wait for nobody, the clocks
//! go on, and both sides are told so.

use chrono::{DateTime, Months, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::Deserialize;

use crate::calendar;
use crate::case::act::{ActError, Seen, answered_person, count};
use crate::case::exchange::MessageKind;
use crate::case::filing::Text;
use crate::case::outside::OPEN;
use crate::case::outside::follow_up::{self, FollowUpKind};
use crate::case::outside::tell::{due, tell};
use crate::case::{CaseId, Nature, Office, StaffId, dossier, events};
use crate::db::schema::{asks, cases};
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};
use crate::mail::words::{self, Told};

/// What is asked, 1 to 2,000 characters; the person reads it.
pub type What = Text<1, 2_000>;

/// What staff add to it, at most 5,000 characters; the person reads it.
pub type Note = Text<1, 5_000>;

text_code! {
    /// Why we wait no more.
    pub enum Ending {
        /// The person wrote, or sent a file.
        PersonWrote => "person_wrote",
        /// Something else was asked.
        AskedAnew => "asked_anew",
        /// Staff no longer need it.
        Staff => "staff",
        /// The case was answered, or has ended.
        Over => "over",
    }
}

/// What we wait for.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Deserialize)]
#[diesel(table_name = asks, check_for_backend(diesel::pg::Pg))]
pub struct Asked {
    id: i64,
    /// What was asked; none once erased.
    pub what: Option<String>,
    /// By when, Paris calendar.
    pub expected_on: NaiveDate,
    /// Since when, Paris calendar.
    pub asked_on: NaiveDate,
    /// When the person was reminded, Paris calendar.
    pub reminded_on: Option<NaiveDate>,
}

impl Asked {
    /// Whether the person can be reminded on `today`: once, from the day it was expected.
    pub fn may_remind(&self, today: NaiveDate) -> bool {
        self.reminded_on.is_none() && self.expected_on <= today
    }
}

/// What is to be asked.
#[derive(Clone, Debug)]
pub struct NewAsk {
    /// What.
    pub what: What,
    /// What is added to it.
    pub note: Option<Note>,
    /// By when, Paris calendar: from today to a year ahead.
    pub expected_on: NaiveDate,
}

/// Asks the person for something, in place of what was asked before.
///
/// # Errors
/// [`ActError::BadDate`] when the day is past or more than a year ahead; or no answer is owed any
/// more, the case has changed since it was shown, or the e-mail cannot be queued.
pub async fn ask(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    new: &NewAsk,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let today = calendar::paris_date(at);
    if !is_ahead(new.expected_on, today) {
        return Err(ActError::BadDate);
    }
    conn.transaction(async |conn| {
        count(conn, seen, &OPEN, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let told = Told::Asked(words::Asked {
            is_complaint: dossier.case.nature == Nature::Complaint,
            what: new.what.as_str(),
            note: new.note.as_ref().map(Note::as_str),
            expected_on: new.expected_on,
            reminder_of: None,
            is_online: dossier.is_followed_online(),
            due: due(&dossier, today),
        });
        let told = (MessageKind::Asked, told);
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        end(conn, seen.case, Ending::AskedAnew, at).await?;
        let id: i64 = diesel::insert_into(asks::table)
            .values((
                asks::case_id.eq(seen.case.0),
                asks::message_id.eq(spoken.message),
                asks::staff_id.eq(by.0),
                asks::what.eq(new.what.as_str()),
                asks::expected_on.eq(new.expected_on),
                asks::asked_on.eq(today),
            ))
            .returning(asks::id)
            .get_result(conn)
            .await?;
        answered_person(conn, seen.case).await?;
        wait(conn, seen.case, Some(today)).await?;
        follow_up::follow(conn, seen.case, FollowUpKind::Ask, new.expected_on, at).await?;
        let entry = events::person_asked(id, new.expected_on, &spoken.text);
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

/// Reminds the person, once, from the day it was expected.
///
/// # Errors
/// [`ActError::NothingToNote`] when nothing is asked, it is not expected yet, or they were reminded;
/// or the case has changed since it was shown, or the e-mail cannot be queued.
pub async fn remind(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let today = calendar::paris_date(at);
    conn.transaction(async |conn| {
        count(conn, seen, &OPEN, at).await?;
        let asked = of_case(conn, seen.case).await?;
        let asked = asked.filter(|asked| asked.may_remind(today));
        let asked = asked.ok_or(ActError::NothingToNote)?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let told = Told::Asked(words::Asked {
            is_complaint: dossier.case.nature == Nature::Complaint,
            what: asked.what.as_deref().unwrap_or_default(),
            note: None,
            expected_on: asked.expected_on,
            reminder_of: Some(asked.asked_on),
            is_online: dossier.is_followed_online(),
            due: due(&dossier, today),
        });
        let told = (MessageKind::Asked, told);
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        diesel::update(asks::table.find(asked.id))
            .set(asks::reminded_on.eq(today))
            .execute(conn)
            .await?;
        let entry = events::person_reminded(asked.id, &spoken.text);
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

/// What was asked is no longer needed, or came otherwise.
///
/// # Errors
/// [`ActError::NothingToNote`] when nothing is asked; or the case has changed since it was shown.
pub async fn stop_waiting(
    conn: &mut Conn,
    seen: Seen,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, &OPEN, at).await?;
        let Some(asked) = of_case(conn, seen.case).await? else {
            return Err(ActError::NothingToNote);
        };
        end(conn, seen.case, Ending::Staff, at).await?;
        wait(conn, seen.case, None).await?;
        follow_up::done(conn, seen.case, &[FollowUpKind::Ask], at).await?;
        let (entry, actor) = (events::waiting_ended(asked.id), Actor::Staff(by.0));
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        Ok(())
    })
    .await
}

/// The person wrote, or sent a file: we wait no more. The line of what they sent tells of it.
pub(in crate::case) async fn heard(
    conn: &mut Conn,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    wait(conn, case, None).await?;
    if end(conn, case, Ending::PersonWrote, at).await? {
        follow_up::done(conn, case, &[FollowUpKind::Ask], at).await?;
    }
    Ok(())
}

/// Whether `day` can be announced on `today`: not past, and no more than a year ahead.
pub(super) fn is_ahead(day: NaiveDate, today: NaiveDate) -> bool {
    let in_a_year = today.checked_add_months(Months::new(12));
    today <= day && in_a_year.is_some_and(|last| day <= last)
}

async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Option<Asked>, DbError> {
    asks::table
        .filter(asks::case_id.eq(case.0))
        .filter(asks::ended_at.is_null())
        .select(Asked::as_select())
        .first(conn)
        .await
        .optional()
}

/// Ends what is asked; whether anything was.
pub(super) async fn end(
    conn: &mut Conn,
    case: CaseId,
    ending: Ending,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let open = asks::table
        .filter(asks::case_id.eq(case.0))
        .filter(asks::ended_at.is_null());
    let n_ended = diesel::update(open)
        .set((asks::ended_at.eq(at), asks::ending.eq(ending)))
        .execute(conn)
        .await?;
    Ok(n_ended > 0)
}

/// Notes on the case since when we wait for the person, if we do.
pub(super) async fn wait(
    conn: &mut Conn,
    case: CaseId,
    since: Option<NaiveDate>,
) -> Result<(), DbError> {
    diesel::update(cases::table.find(case.0))
        .set(cases::waiting_since.eq(since))
        .execute(conn)
        .await
        .map(drop)
}
