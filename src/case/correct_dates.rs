//! The act of correcting the dates of a complaint: its legal dates are computed again.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::{self, LegalDates, RULE_VERSION, Start};
use crate::case::act::{ActError, Seen, count};
use crate::case::dossier::{self, Dossier};
use crate::case::events::qualifying;
use crate::case::motive::{self, Motive};
use crate::case::{CaseId, Dues, StaffId, Status, next_due_on};
use crate::db::schema::{cases, date_corrections, legal_dates};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// The dates of a complaint as staff hold them, Paris calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrectedDates {
    /// When it was first written to us.
    pub first_written_on: NaiveDate,
    /// When it reached us.
    pub received_on: NaiveDate,
    /// An earlier writing to the usual contact.
    pub declared_earlier_on: Option<NaiveDate>,
}

impl CorrectedDates {
    /// What they are now.
    pub fn of(dossier: &Dossier) -> Option<Self> {
        dossier.legal_dates()?;
        Some(Self::known(dossier))
    }

    /// What they are, or would be if it were a complaint.
    pub(super) fn known(dossier: &Dossier) -> Self {
        Self {
            first_written_on: dossier.written_on(),
            received_on: dossier.dates.received_on,
            declared_earlier_on: dossier.dates.declared_earlier_on,
        }
    }

    /// The legal dates that follow from them, for a case entered on `entered_on`; none when they cannot
    /// be: written after it was received, or received after it was entered, or declared after that.
    pub fn legal_dates(&self, entered_on: NaiveDate) -> Option<LegalDates> {
        let is_to_come = |date: NaiveDate| entered_on < date;
        if is_to_come(self.received_on) || self.declared_earlier_on.is_some_and(is_to_come) {
            return None;
        }
        let start = Start::new(self.first_written_on, self.received_on).ok()?;
        Some(LegalDates::compute(match self.declared_earlier_on {
            Some(declared_on) => start.with_declared(declared_on, entered_on),
            None => start,
        }))
    }
}

impl CorrectedDates {
    /// Freezes on a case the legal dates computed from these.
    pub(super) async fn freeze(
        &self,
        conn: &mut Conn,
        case: CaseId,
        legal: &LegalDates,
    ) -> Result<(), DbError> {
        let from_reception = legal.answer_due_from_reception.date;
        diesel::update(legal_dates::table.find(case.0))
            .set((
                legal_dates::rule_version.eq(RULE_VERSION),
                legal_dates::first_written_on.eq(self.first_written_on),
                legal_dates::received_on.eq(self.received_on),
                legal_dates::declared_earlier_on.eq(self.declared_earlier_on),
                legal_dates::ack_due_on.eq(legal.ack_due.date),
                legal_dates::ack_due_from_reception_on.eq(legal.ack_due_from_reception.date),
                legal_dates::answer_due_on.eq(legal.answer_due.date),
                legal_dates::answer_due_from_reception_on.eq(from_reception),
                legal_dates::mediation_from_on.eq(legal.mediation_from.date),
                legal_dates::mediation_open_on.eq(legal.mediation_open_internally.date),
                legal_dates::mediation_last_on.eq(legal.mediation_last_day.date),
            ))
            .execute(conn)
            .await
            .map(drop)
    }
}

impl Dues {
    /// Of a complaint with these legal dates and no target of ours.
    pub(super) const fn of(legal: &LegalDates, last: NaiveDate) -> Self {
        Self {
            ack_due: Some(legal.ack_due.date),
            answer_due: Some(legal.answer_due.date),
            target: None,
            last,
        }
    }
}

/// Corrects the dates of a complaint, whatever the state it is in: a clock met in time may turn out late.
///
/// # Errors
/// [`ActError::BadDate`] when the dates cannot be; [`ActError::AlreadyDone`] when nothing changes, or no legal
/// clock runs; or the case has changed since it was shown, or the database fails.
pub async fn correct_dates(
    conn: &mut Conn,
    seen: Seen,
    corrected: CorrectedDates,
    why: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let before = CorrectedDates::of(&dossier).filter(|before| *before != corrected);
        let Some(before) = before else {
            return Err(ActError::AlreadyDone);
        };
        let entered_on = calendar::paris_date(dossier.case.entered_at);
        let legal = corrected.legal_dates(entered_on).ok_or(ActError::BadDate)?;
        keep_before(conn, &dossier, &before, (by, at)).await?;
        write(conn, &dossier, &corrected, &legal).await?;
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        let was = (dossier.dates.ack_due_on, dossier.dates.answer_due_on);
        let entry = why.on(qualifying::dates_corrected(was, &legal));
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

async fn keep_before(
    conn: &mut Conn,
    dossier: &Dossier,
    before: &CorrectedDates,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), DbError> {
    let dates = &dossier.dates;
    diesel::insert_into(date_corrections::table)
        .values((
            date_corrections::case_id.eq(dossier.case.id().0),
            date_corrections::corrected_by.eq(by.0),
            date_corrections::corrected_at.eq(at),
            date_corrections::first_written_on.eq(before.first_written_on),
            date_corrections::received_on.eq(before.received_on),
            date_corrections::declared_earlier_on.eq(before.declared_earlier_on),
            date_corrections::ack_due_on.eq(dates.ack_due_on.unwrap_or(before.received_on)),
            date_corrections::answer_due_on.eq(dates.answer_due_on.unwrap_or(before.received_on)),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The frozen dates, and what comes next on the row of the case.
async fn write(
    conn: &mut Conn,
    dossier: &Dossier,
    corrected: &CorrectedDates,
    legal: &LegalDates,
) -> Result<(), DbError> {
    let case = &dossier.case;
    corrected.freeze(conn, case.id(), legal).await?;
    let dues = Dues {
        target: case.target_on,
        ..Dues::of(legal, case.next_due_on)
    };
    let next = next_due_on(case.status, case.nature, &dues, case.answered_on);
    diesel::update(cases::table.find(case.id().0))
        .set(cases::next_due_on.eq(next))
        .execute(conn)
        .await
        .map(drop)
}
