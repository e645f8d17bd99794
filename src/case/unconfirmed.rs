//! Addresses that nobody confirmed: the dated copy then goes by post (R19).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::hand_over::{ask_for_letter, lock};
use crate::case::{CaseId, PostalKind, Status};
use crate::db::schema::{cases, filings, legal_dates, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::Actor;

/// Time to confirm an address, in *jours ouvrables* after the filing.
pub const CONFIRM_WITHIN_JOURS_OUVRABLES: usize = 2;

/// Time to confirm an address that took the place of another: no shorter, Sundays included.
const CONFIRM_A_CHANGE_WITHIN: TimeDelta = TimeDelta::days(4);

/// Puts on the list of letters the copy of every filing whose address was not confirmed in time and
/// that gave a postal address, at most `limit` of them; returns how many.
///
/// # Errors
/// When the database fails.
pub async fn ask_for_copies(
    conn: &mut Conn,
    limit: i64,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    let asked = postal_tasks::table
        .filter(postal_tasks::case_id.eq(cases::id))
        .filter(postal_tasks::kind.eq(PostalKind::Copy));
    let late: Vec<i64> = filings::table
        .inner_join(cases::table.inner_join(legal_dates::table))
        .filter(filings::email.is_not_null())
        .filter(filings::email_confirmed_at.is_null())
        .filter(filings::postal_address.is_not_null())
        .filter(
            filings::contact_changed_at
                .is_null()
                .or(filings::contact_changed_at.lt(at - CONFIRM_A_CHANGE_WITHIN)),
        )
        .filter(cases::status.eq_any([Status::Received, Status::Acknowledged]))
        .filter(cases::is_demo.eq(false))
        .filter(legal_dates::received_on.le(last_day_filed(calendar::paris_date(at))))
        .filter(not(exists(asked)))
        .order(cases::id.asc())
        .limit(limit)
        .select(cases::id)
        .load(conn)
        .await?;
    for id in &late {
        let case = CaseId(*id);
        conn.transaction(async |conn| {
            lock(conn, case).await?;
            ask_for_letter(conn, case, PostalKind::Copy, Actor::System, at).await
        })
        .await?;
    }
    Ok(late.len())
}

/// The last day whose filings had until yesterday, at the latest, to confirm.
fn last_day_filed(today: NaiveDate) -> NaiveDate {
    let is_late = |day: &NaiveDate| {
        calendar::add_jours_ouvrables(*day, CONFIRM_WITHIN_JOURS_OUVRABLES) < today
    };
    today.iter_days().rev().find(is_late).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_jours_ouvrables_are_left_to_confirm() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // Filed on Thursday 30 April 2026: 1 May is a holiday; Saturday and Monday count.
        assert!(last_day_filed(day("2026-05-04")) < day("2026-04-30"));
        assert_eq!(last_day_filed(day("2026-05-05")), day("2026-05-01"));
    }
}
