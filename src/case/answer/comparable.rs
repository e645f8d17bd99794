//! What closed cases about the same product and subject decided: shown while deciding, so that like
//! cases are treated alike.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::case::answer::{Amount, Outcome};
use crate::case::{CaseId, Reference, StaffId};
use crate::db::{Conn, DbError};

/// A closed case to compare with, without anything of its person.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Comparable {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = diesel::sql_types::SmallInt)]
    reference_year: i16,
    /// What its last answer decided.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub outcome: Outcome,
    /// The sum it granted, if any.
    #[diesel(sql_type = diesel::sql_types::Nullable<BigInt>)]
    pub amount: Option<Amount>,
    /// When it was closed, Paris calendar.
    #[diesel(sql_type = diesel::sql_types::Date)]
    pub closed_on: NaiveDate,
}

impl Comparable {
    /// Its reference.
    pub fn reference(&self) -> Reference {
        Reference::new(self.reference_year, CaseId(self.id))
    }
}

/// Fewest cases whose outcome says something.
pub const FEWEST: usize = 3;

/// The closed complaints about the same product and subject, newest first, at most 20; none when one
/// of the two is not known. Cases with sensitive data are left out for everyone, and those that `viewer`
/// is barred from.
///
/// # Errors
/// When the database fails.
#[expect(
    clippy::disallowed_methods,
    reason = "the query builder has no LATERAL join, which reads one answer per case"
)]
pub async fn comparable(
    conn: &mut Conn,
    case: CaseId,
    viewer: StaffId,
) -> Result<Vec<Comparable>, DbError> {
    diesel::sql_query(COMPARABLE)
        .bind::<BigInt, _>(case.0)
        .bind::<BigInt, _>(viewer.0)
        .load(conn)
        .await
}

const COMPARABLE: &str = "
    SELECT c.id, c.reference_year, a.outcome, a.amount_cents AS amount, c.closed_on
    FROM cases mine
    JOIN cases c ON c.product = mine.product AND c.subject = mine.subject
    JOIN LATERAL (
        SELECT outcome, amount_cents FROM answers
        WHERE case_id = c.id AND state = 'handed_over'
        ORDER BY answers.id DESC LIMIT 1
    ) a ON TRUE
    WHERE mine.id = $1 AND c.id <> mine.id AND c.status = 'closed' AND c.nature = 'complaint'
      AND NOT c.is_sensitive AND NOT EXISTS (
          SELECT FROM case_bars b
          WHERE b.case_id = c.id AND b.account_id = $2 AND b.lifted_at IS NULL)
    ORDER BY c.closed_on DESC, c.id DESC
    LIMIT 20";

/// What more than half of them decided, when they are enough to say so.
pub fn common_outcome(comparable: &[Comparable]) -> Option<Outcome> {
    let count = |outcome: Outcome| {
        let same = comparable.iter().filter(|one| one.outcome == outcome);
        same.count()
    };
    let is_common = |outcome: &Outcome| comparable.len() < 2 * count(*outcome);
    let common = Outcome::ALL.iter().copied().find(|one| is_common(one));
    common.filter(|_| FEWEST <= comparable.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(outcomes: &[Outcome]) -> Option<Outcome> {
        let comparable: Vec<Comparable> = (1..)
            .zip(outcomes)
            .map(|(id, outcome)| Comparable {
                id,
                reference_year: 2026,
                outcome: *outcome,
                amount: None,
                closed_on: NaiveDate::default(),
            })
            .collect();
        common_outcome(&comparable)
    }

    #[test]
    fn most_of_at_least_three_say_what_is_common() {
        use Outcome::{PartlyUpheld, Rejected, Upheld};
        assert_eq!(decided(&[Upheld, Upheld]), None, "too few");
        assert_eq!(decided(&[Upheld, Rejected, Upheld]), Some(Upheld));
        assert_eq!(decided(&[Upheld, Rejected, PartlyUpheld]), None);
        assert_eq!(decided(&[Upheld, Rejected, Upheld, Rejected]), None);
    }
}
