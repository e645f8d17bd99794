//! The daily work on cases whose time is over (R61).

use chrono::{DateTime, Months, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::erase::act::{Cause, erase};
use crate::case::hold::not_held;
use crate::case::restrict::not_restricted;
use crate::case::{CaseId, Nature, Status};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};

/// How long cases are kept, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// A complaint, from its closure (civil limitation).
    pub complaint_years: u32,
    /// A request, from the last contact.
    pub request_years: u32,
}

impl Retention {
    /// What names a person without being of a case is over when it is older than this day, as requests
    /// are.
    pub fn others_before(self, today: NaiveDate) -> NaiveDate {
        self.limits(today).1
    }

    /// Complaints that ended before this day, and requests without contact since this one, are over
    /// on `today`; days of the Paris calendar.
    fn limits(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let before = |years: u32| {
            let months = Months::new(years.saturating_mul(12));
            today.checked_sub_months(months).unwrap_or(NaiveDate::MIN)
        };
        (before(self.complaint_years), before(self.request_years))
    }
}

/// Erases at most `limit` cases whose time is over, each in a transaction of its own, and returns
/// how many. What happens on a case puts its end off; one that is owed an answer is never erased.
/// Several nodes share the work.
///
/// # Errors
/// When the database fails; the cases erased until then stay erased.
pub async fn erase_due(
    conn: &mut Conn,
    retention: Retention,
    limit: usize,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    let today = calendar::paris_date(at);
    let limits = retention.limits(today);
    let mut n_erased = 0;
    while n_erased < limit {
        let done = conn
            .transaction(async |conn| {
                let Some(case) = claim(conn, limits, today).await? else {
                    return Ok::<_, DbError>(false);
                };
                erase(conn, case, (Cause::Retention, None), at).await?;
                Ok(true)
            })
            .await?;
        if !done {
            break;
        }
        n_erased += 1;
    }
    Ok(n_erased)
}

/// The next one that is over, locked; one that another node holds is left to it.
async fn claim(
    conn: &mut Conn,
    (complaints, requests): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Option<CaseId>, DbError> {
    // Whatever the hour, the last day counts whole.
    let noon_before = |day: NaiveDate| calendar::paris_noon(day.pred_opt().unwrap_or(day));
    let complaint = cases::nature
        .eq(Nature::Complaint)
        .and(cases::status.eq_any([Status::Closed, Status::Withdrawn]))
        .and(cases::closed_on.lt(complaints))
        .and(cases::last_event_at.lt(noon_before(complaints)));
    let request = cases::nature
        .eq(Nature::InformationRequest)
        .and(cases::last_event_at.lt(noon_before(requests)));
    let next: Option<i64> = cases::table
        .filter(cases::secret.is_not_null())
        .filter(cases::status.eq_any([Status::Answered, Status::Closed, Status::Withdrawn]))
        .filter(request.or(complaint.assume_not_null()))
        .filter(not_held(today).and(not_restricted()).fixed())
        .order((cases::last_event_at.asc(), cases::id.asc()))
        .select(cases::id)
        .for_no_key_update()
        .skip_locked()
        .first(conn)
        .await
        .optional()?;
    Ok(next.map(CaseId))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_over_the_day_after_its_years() {
        let retention = Retention {
            complaint_years: 5,
            request_years: 3,
        };
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let limits = retention.limits(date("2032-02-29"));
        assert_eq!(limits, (date("2027-02-28"), date("2029-02-28")));
    }
}
