//! What closed cases about the same product and subject decided: shown while deciding, so that like
//! cases are treated alike.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::case::answer::{Amount, Outcome};
use crate::case::restrict::not_restricted;
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, Reference};
use crate::db::schema::{answers, cases};
use crate::db::{Condition, Conn, DbError, fixed};

/// A closed case to compare with, without anything of its person.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Comparable {
    id: i64,
    reference_year: i16,
    /// What its last answer decided.
    pub outcome: Outcome,
    /// The sum it granted, if any.
    pub amount: Option<Amount>,
    /// When it was closed, Paris calendar.
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

/// Most cases compared with.
const MOST: i64 = 20;

/// The closed complaints about the same product and subject that `viewer` may see and whose processing is
/// not restricted, newest first, at most 20; none when one of the two is not known.
///
/// # Errors
/// When the database fails.
pub async fn comparable(
    conn: &mut Conn,
    case: CaseId,
    viewer: Viewer,
) -> Result<Vec<Comparable>, DbError> {
    cases::table
        .inner_join(answers::table)
        .filter(alike(case).and(not_restricted()).fixed())
        .filter(in_sight(viewer).fixed())
        .filter(fixed::<Bool>(LAST_ANSWER))
        .order((cases::closed_on.desc(), cases::id.desc()))
        .limit(MOST)
        .select((
            cases::id,
            cases::reference_year,
            answers::outcome.assume_not_null(),
            answers::amount_cents,
            cases::closed_on.assume_not_null(),
        ))
        .load(conn)
        .await
}

/// The other closed complaints about what this one is about: the columns of their index, and its
/// condition as it is spelt.
fn alike(case: CaseId) -> Condition {
    Condition::of("cases.status = 'closed' AND cases.nature = 'complaint' AND cases.product = (SELECT mine.product FROM cases mine WHERE mine.id = ")
        .id(case.0)
        .words(") AND cases.subject = (SELECT mine.subject FROM cases mine WHERE mine.id = ")
        .id(case.0)
        .words(") AND cases.id <> ")
        .id(case.0)
}

/// Of the answers of a case, the last one that left.
const LAST_ANSWER: &str = "answers.id = (SELECT max(last.id) FROM answers last \
    WHERE last.case_id = cases.id AND last.state = 'handed_over')";

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
