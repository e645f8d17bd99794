//! The acts on a complaint made by word of mouth (R8): the person is invited to write, was satisfied,
//! or confirms it in writing, which starts the clocks.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::{self, LegalDates, Start};
use crate::case::act::{ActError, Seen, count};
use crate::case::correct_dates::CorrectedDates;
use crate::case::dossier::{self, Dossier, digest};
use crate::case::events::entry as events;
use crate::case::filing::Text;
use crate::case::hand_over::ask_for_letter;
use crate::case::notify::acknowledge;
use crate::case::{CaseId, Dues, Nature, Office, PostalKind, StaffId, Status, next_due_on};
use crate::db::schema::{cases, oral_complaints};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};

/// What satisfied a person, 1 to 2,000 characters.
pub type HowSatisfied = Text<1, 2_000>;

/// Whether a case is a complaint that was only said, and still waits.
pub fn is_only_said(dossier: &Dossier) -> bool {
    dossier.case.nature == Nature::Complaint
        && dossier.case.status == Status::Received
        && dossier.dates.expressed_on.is_some()
        && dossier.dates.first_written_on.is_none()
}

/// Notes that the person was invited to write, on a day of the Paris calendar.
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before it was said; or the case has changed since
/// it was shown or is no such complaint, or the database fails.
pub async fn invite(
    conn: &mut Conn,
    seen: Seen,
    invited_on: NaiveDate,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        let dossier = begin(conn, seen, at).await?;
        let is_early = dossier.dates.expressed_on.is_some_and(|on| invited_on < on);
        if is_early || calendar::paris_date(at) < invited_on {
            return Err(ActError::BadDate);
        }
        let invited = oral_complaints::invited_on.eq(invited_on);
        diesel::insert_into(oral_complaints::table)
            .values((
                oral_complaints::case_id.eq(seen.case.0),
                oral_complaints::satisfied_at_once.eq(false),
                invited,
            ))
            .on_conflict(oral_complaints::case_id)
            .do_update()
            .set(invited)
            .execute(conn)
            .await?;
        let entry = events::invited(invited_on);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Notes what satisfied the person, and closes the case: nothing more is owed.
///
/// # Errors
/// When the case has changed since it was shown or is no such complaint, or the database fails.
pub async fn satisfied(
    conn: &mut Conn,
    seen: Seen,
    how: &HowSatisfied,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        let dossier = begin(conn, seen, at).await?;
        let noted = (
            oral_complaints::satisfied_at_once.eq(true),
            oral_complaints::how_satisfied.eq(how.as_str()),
        );
        diesel::insert_into(oral_complaints::table)
            .values((oral_complaints::case_id.eq(seen.case.0), noted))
            .on_conflict(oral_complaints::case_id)
            .do_update()
            .set(noted)
            .execute(conn)
            .await?;
        diesel::update(cases::table.find(seen.case.0))
            .set((
                cases::status.eq(Status::Closed),
                cases::closed_on.eq(calendar::paris_date(at)),
            ))
            .execute(conn)
            .await?;
        let how = digest(dossier.case.secret.as_deref(), how.as_str());
        let entry = events::satisfied(&how);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Notes the writing that confirms it: the clocks start from that writing, and the acknowledgement
/// is due. It leaves by e-mail if there is an address, else a letter is asked for.
///
/// # Errors
/// [`ActError::BadDate`] when a day is to come; or the case has changed since it was shown or is no
/// such complaint, or the acknowledgement cannot be written, or the database fails.
pub async fn confirm(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    start: Start,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let today = calendar::paris_date(at);
    conn.transaction(async |conn| {
        begin(conn, seen, at).await?;
        if today < start.received_on() {
            return Err(ActError::BadDate);
        }
        let dates = freeze(conn, seen.case, start).await?;
        start_clocks(conn, seen.case, &dates, today).await?;
        let actor = Actor::Staff(by.0);
        let entry = events::confirmed(start, &dates);
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        if !acknowledge(conn, office, (&dossier, None), &dates, at).await? {
            let kind = PostalKind::Acknowledgement;
            ask_for_letter(conn, seen.case, kind, actor, at).await?;
        }
        Ok(())
    })
    .await
}

/// Counts the act on a complaint that was only said.
async fn begin(conn: &mut Conn, seen: Seen, at: DateTime<Utc>) -> Result<Dossier, ActError> {
    count(conn, seen, &[Status::Received], at).await?;
    let dossier = dossier::by_id(conn, seen.case).await?;
    if is_only_said(&dossier) {
        Ok(dossier)
    } else {
        Err(ActError::NotNow(dossier.case.status))
    }
}

async fn freeze(conn: &mut Conn, case: CaseId, start: Start) -> Result<LegalDates, DbError> {
    let dates = LegalDates::compute(start);
    let from = CorrectedDates {
        first_written_on: start.first_written_on(),
        received_on: start.received_on(),
        declared_earlier_on: None,
    };
    from.freeze(conn, case, &dates).await?;
    Ok(dates)
}

async fn start_clocks(
    conn: &mut Conn,
    case: CaseId,
    dates: &LegalDates,
    today: NaiveDate,
) -> Result<(), DbError> {
    let dues = Dues::of(dates, today);
    diesel::update(cases::table.find(case.0))
        .set((
            cases::target_on.eq(None::<NaiveDate>),
            cases::next_due_on.eq(next_due_on(
                Status::Received,
                Nature::Complaint,
                &dues,
                None,
            )),
        ))
        .execute(conn)
        .await?;
    diesel::update(oral_complaints::table.find(case.0))
        .set(oral_complaints::confirmed_on.eq(today))
        .execute(conn)
        .await
        .map(drop)
}
