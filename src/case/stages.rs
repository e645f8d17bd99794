//! Stages of the legal clocks: at half of one the handler is told, at three quarters the supervisors,
//! at nine tenths the compliance address, in their digests; the handler of its last working day, at
//! once. Once each.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, SmallInt, Text};
use diesel_async::RunQueryDsl;

use crate::calendar::{self, due_by, next_jour_ouvre};
use crate::case::events::stage_told;
use crate::case::hand_over::lock;
use crate::case::{CaseId, Reference};
use crate::db::schema::stage_notices;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};
use crate::mail::words::ClockTask;
use crate::staff::StaffId;

text_code! {
    /// A legal clock that has stages.
    pub enum StagedClock {
        /// Ten *jours ouvrables*.
        Acknowledgement => "acknowledgement",
        /// Two months.
        Answer => "answer",
    }
}

text_code! {
    /// How much of a clock is over.
    pub enum Stage {
        /// 50 %: the handler is told.
        Half => "half",
        /// 75 %: the supervisors are.
        ThreeQuarters => "three_quarters",
        /// 90 %: the compliance address is.
        NineTenths => "nine_tenths",
        /// One working day is left at most, or none: the handler is told at once.
        LastDay => "last_day",
    }
}

/// A stage that is passed and was not told.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct Passed {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = SmallInt)]
    reference_year: i16,
    #[diesel(sql_type = Nullable<BigInt>)]
    handler_id: Option<i64>,
    #[diesel(sql_type = Text)]
    pub(super) clock: StagedClock,
    /// The last legal day.
    #[diesel(sql_type = Date)]
    pub(super) due_on: NaiveDate,
    #[diesel(sql_type = Text)]
    pub(super) stage: Stage,
}

impl Passed {
    /// The case.
    pub(super) const fn case(&self) -> CaseId {
        CaseId(self.id)
    }

    /// The reference people read.
    pub(super) fn reference(&self) -> Reference {
        Reference::new(self.reference_year, self.case())
    }

    /// Who handles it.
    pub(super) fn handler(&self) -> Option<StaffId> {
        self.handler_id.map(StaffId)
    }
}

/// The highest share of each clock that is over, or its last working day, if it was not told: a share
/// that was passed long ago says nothing more. The clocks count calendar days here; one whose start
/// lies before the first writing known to us is further on than these figures say, and its last day
/// comes first all the same.
const PASSED: &str = "\
    SELECT c.id, c.reference_year, c.handler_id, t.clock, t.due_on, s.stage \
    FROM cases c JOIN legal_dates d ON d.case_id = c.id \
    CROSS JOIN LATERAL (VALUES ('acknowledgement', d.ack_due_on), ('answer', d.answer_due_on)) \
        AS t (clock, due_on) \
    CROSS JOIN (VALUES ('half', 50, 75), ('three_quarters', 75, 90), ('nine_tenths', 90, NULL), \
        ('last_day', NULL, NULL)) AS s (stage, percent, next) \
    WHERE c.status IN ('received', 'acknowledged') AND c.nature = 'complaint' AND NOT c.is_demo \
      AND c.answered_on IS NULL \
      AND (t.clock = 'answer' OR (c.status = 'received' AND c.acknowledged_on IS NULL)) \
      AND NOT EXISTS (SELECT FROM stage_notices n \
          WHERE n.case_id = c.id AND n.clock = t.clock AND n.stage = s.stage)";

/// Shares of a clock, `$1` being today.
const SHARES: &str = " AND s.percent IS NOT NULL \
      AND ($1 - d.first_written_on) * 100 >= (t.due_on - d.first_written_on) * s.percent \
      AND (s.next IS NULL \
          OR ($1 - d.first_written_on) * 100 < (t.due_on - d.first_written_on) * s.next)";

/// Last days, `$1` being the last date that must be acted on by the next working day.
const LAST_DAYS: &str = " AND s.stage = 'last_day' AND c.next_due_on <= $1 AND t.due_on <= $1";

/// Which stages are read.
#[derive(Clone, Copy)]
pub(super) enum Which {
    /// Those of digests.
    Shares,
    /// Those told at once.
    LastDays,
}

/// Of which cases they are read.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// Of all, so many, last days first.
    All {
        /// At most.
        limit: i64,
    },
    /// Of one.
    One(CaseId),
}

/// The stages that are passed and were not told.
///
/// # Errors
/// When the database fails.
pub(super) async fn passed(
    conn: &mut Conn,
    which: Which,
    of: Of,
    today: NaiveDate,
) -> Result<Vec<Passed>, DbError> {
    let (condition, day) = match which {
        Which::Shares => (SHARES, today),
        Which::LastDays => (LAST_DAYS, due_by(next_jour_ouvre(today))),
    };
    let (end, number) = match of {
        Of::All { limit } => (" ORDER BY t.due_on, c.id LIMIT $2", limit),
        Of::One(case) => (" AND c.id = $2", case.0),
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "the query builder has no lists of values to join with"
    )]
    let passed = diesel::sql_query([PASSED, condition, end].concat())
        .bind::<Date, _>(day)
        .bind::<BigInt, _>(number)
        .load(conn)
        .await?;
    Ok(passed)
}

/// Notes that a stage is told, if it is still so once the case is locked and no other node was first.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(
    conn: &mut Conn,
    passed: &Passed,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let (case, today) = (CaseId(passed.id), calendar::paris_date(at));
    lock(conn, case).await?;
    let which = match passed.stage {
        Stage::LastDay => Which::LastDays,
        Stage::Half | Stage::ThreeQuarters | Stage::NineTenths => Which::Shares,
    };
    let still = self::passed(conn, which, Of::One(case), today).await?;
    let is_so = |one: &Passed| (one.clock, one.stage) == (passed.clock, passed.stage);
    if !still.iter().any(is_so) || !is_first(conn, passed, at).await? {
        return Ok(false);
    }
    let entry = stage_told(passed.clock, passed.stage);
    journal::append(conn, case.0, entry, Actor::System, at).await?;
    Ok(true)
}

async fn is_first(conn: &mut Conn, passed: &Passed, at: DateTime<Utc>) -> Result<bool, DbError> {
    let n_inserted = diesel::insert_into(stage_notices::table)
        .values((
            stage_notices::case_id.eq(passed.id),
            stage_notices::clock.eq(passed.clock),
            stage_notices::stage.eq(passed.stage),
            stage_notices::told_at.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(n_inserted == 1)
}

impl From<StagedClock> for ClockTask {
    fn from(clock: StagedClock) -> Self {
        match clock {
            StagedClock::Acknowledgement => Self::Acknowledgement,
            StagedClock::Answer => Self::Answer,
        }
    }
}
