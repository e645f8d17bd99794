//! The acts by which the mediator comes in: the referral, and our documents for it (R44).

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::Deserialize;

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::exchange::MessageKind;
use crate::case::filing::Line;
use crate::case::outside::follow_up::{self, FollowUpKind};
use crate::case::outside::mediation_end::Issue;
use crate::case::outside::tell::{due, tell};
use crate::case::{CaseId, Office, StaffId, Status, dossier, events};
use crate::db::schema::mediations;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};
use crate::mail::words::{self, Told};

/// The mediator's own number of a case, 1 to 50 characters.
pub type Number = Line<50>;

text_code! {
    /// Who referred to the mediator.
    pub enum ReferredBy {
        /// The person.
        Person => "person",
        /// Someone in their name.
        Representative => "representative",
        /// We did.
        Firm => "firm",
    }
}

impl ReferredBy {
    const fn as_words(self) -> words::ReferredBy {
        match self {
            Self::Person => words::ReferredBy::Person,
            Self::Representative => words::ReferredBy::Representative,
            Self::Firm => words::ReferredBy::Firm,
        }
    }
}

/// A referral to note.
#[derive(Clone, Debug)]
pub struct NewReferral {
    /// Who referred.
    pub by: ReferredBy,
    /// When, Paris calendar: from the case's reception on.
    pub referred_on: NaiveDate,
    /// When we heard of it, Paris calendar: not before, and not after today.
    pub known_on: NaiveDate,
    /// The mediator's number, once known.
    pub number: Option<Number>,
}

/// The last referral of a case.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Deserialize)]
#[diesel(table_name = mediations, check_for_backend(diesel::pg::Pg))]
pub struct MediationRow {
    pub(super) id: i64,
    /// Who referred.
    pub referred_by: ReferredBy,
    /// The mediator's number.
    pub number: Option<String>,
    /// When it was referred, Paris calendar.
    pub referred_on: NaiveDate,
    /// When we heard of it, Paris calendar.
    pub known_on: NaiveDate,
    /// By when our documents leave, Paris calendar.
    pub documents_due_on: NaiveDate,
    /// When they left, Paris calendar.
    pub documents_sent_on: Option<NaiveDate>,
    /// When the opinion was given, or the mediation ended without one, Paris calendar.
    pub opinion_on: Option<NaiveDate>,
    /// What it says, in short; none once erased.
    pub opinion: Option<String>,
    /// What we make of it.
    pub issue: Option<Issue>,
    /// How, or why not; none once erased.
    pub grounds: Option<String>,
    /// By when what it asks of us is done, Paris calendar.
    pub follow_up_on: Option<NaiveDate>,
    /// When it was done, Paris calendar.
    pub followed_up_on: Option<NaiveDate>,
}

impl MediationRow {
    /// Whether the mediator still has the case.
    pub const fn is_open(&self) -> bool {
        self.opinion_on.is_none()
    }

    /// Whether something that the opinion asks of us is still to be done.
    pub const fn awaits_follow_up(&self) -> bool {
        self.follow_up_on.is_some() && self.followed_up_on.is_none()
    }
}

/// Notes a referral to the mediator, in whatever state the case is: our documents are due within five
/// weeks of the day we heard of it.
///
/// # Errors
/// [`ActError::NothingToNote`] while the mediator has the case already; [`ActError::BadDate`] when
/// the days are not in order; or the case has changed since it was shown, or the e-mail cannot be
/// queued.
pub async fn refer(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    new: &NewReferral,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let today = calendar::paris_date(at);
        let days = [
            dossier.dates.received_on,
            new.referred_on,
            new.known_on,
            today,
        ];
        if !days.is_sorted() {
            return Err(ActError::BadDate);
        }
        let last = last(conn, seen.case).await?;
        if last.is_some_and(|last| last.is_open() || last.awaits_follow_up()) {
            return Err(ActError::NothingToNote);
        }
        let documents_due_on = calendar::mediation_documents_due(new.known_on);
        let told = Told::Referral(words::Referral {
            by: new.by.as_words(),
            on: new.referred_on,
            number: new.number.as_ref().map(Number::as_str),
            documents_due_on,
            is_open: dossier.case.status.is_open(),
            due: due(&dossier, today),
        });
        let told = (MessageKind::Mediation, told);
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        let id = insert(conn, seen.case, new, (spoken.message, by, documents_due_on)).await?;
        let kind = FollowUpKind::MediationDocuments;
        follow_up::follow(conn, seen.case, kind, documents_due_on, at).await?;
        let entry = events::mediation_referred(id, new.by, new.referred_on, documents_due_on);
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

/// Notes that our documents left for the mediator.
///
/// # Errors
/// [`ActError::NothingToNote`] when none are awaited; [`ActError::BadDate`] when the day is to come or
/// before we heard of the referral; or the case has changed since it was shown.
pub async fn documents_sent(
    conn: &mut Conn,
    seen: Seen,
    sent_on: NaiveDate,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let last = last(conn, seen.case).await?;
        let last = last.filter(|last| last.documents_sent_on.is_none());
        let last = last.ok_or(ActError::NothingToNote)?;
        if sent_on < last.known_on || calendar::paris_date(at) < sent_on {
            return Err(ActError::BadDate);
        }
        diesel::update(mediations::table.find(last.id))
            .set(mediations::documents_sent_on.eq(sent_on))
            .execute(conn)
            .await?;
        follow_up::done(conn, seen.case, &[FollowUpKind::MediationDocuments], at).await?;
        let entry = events::mediation_documents_sent(last.id, sent_on);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// The last referral of a case.
pub(super) async fn last(conn: &mut Conn, case: CaseId) -> Result<Option<MediationRow>, DbError> {
    mediations::table
        .filter(mediations::case_id.eq(case.0))
        .filter(mediations::is_last)
        .select(MediationRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Writes the row, which is the last one of its case from now on.
async fn insert(
    conn: &mut Conn,
    case: CaseId,
    new: &NewReferral,
    (message, by, documents_due_on): (i64, StaffId, NaiveDate),
) -> Result<i64, DbError> {
    let before = mediations::table
        .filter(mediations::case_id.eq(case.0))
        .filter(mediations::is_last);
    diesel::update(before)
        .set(mediations::is_last.eq(false))
        .execute(conn)
        .await?;
    diesel::insert_into(mediations::table)
        .values((
            mediations::case_id.eq(case.0),
            mediations::message_id.eq(message),
            mediations::staff_id.eq(by.0),
            mediations::referred_by.eq(new.by),
            mediations::number.eq(new.number.as_ref().map(Number::as_str)),
            mediations::referred_on.eq(new.referred_on),
            mediations::known_on.eq(new.known_on),
            mediations::documents_due_on.eq(documents_due_on),
        ))
        .returning(mediations::id)
        .get_result(conn)
        .await
}
