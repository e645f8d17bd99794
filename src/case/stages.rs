//! Stages of the legal clocks: at half of one the handler is told, at three quarters the
//! supervisors, at nine tenths the compliance address. Once each, and nothing about the person.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, SmallInt, Text};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::{self, act_by};
use crate::case::events::stage_told;
use crate::case::hand_over::lock;
use crate::case::{CaseId, NotifyError, Reference, sight};
use crate::db::schema::stage_notices;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};
use crate::mail::EmailAddress;
use crate::mail::outbox::{self, NewEmail};
use crate::mail::words::{StageNotice, StageShare, StageTask};
use crate::settings::{Key, Live};
use crate::staff::{self, Right, StaffId, absences};

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
    }
}

/// Whom the stages are told to, beside staff, and where their links lead.
#[derive(Clone, Debug)]
pub struct StageOffice {
    /// Address of the site, without a slash at its end.
    pub site: String,
    /// What administrators set: who is told at nine tenths; the supervisors when nobody is named.
    pub settings: Arc<Live>,
}

/// Purpose of these e-mails in the outbox: nothing follows them.
const PURPOSE: &str = "stage";

/// A stage that is passed and was not told.
#[derive(QueryableByName)]
struct Passed {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = SmallInt)]
    reference_year: i16,
    #[diesel(sql_type = Nullable<BigInt>)]
    handler_id: Option<i64>,
    #[diesel(sql_type = Text)]
    clock: StagedClock,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = Text)]
    stage: Stage,
}

/// The highest stage of each clock that is passed, if it was not told: one that was passed long ago
/// says nothing more. The clocks count calendar days here; one whose start lies before the first writing known to us
/// is further on than these figures say, and its last day comes first all the same.
const PASSED: &str = "\
    SELECT c.id, c.reference_year, c.handler_id, t.clock, t.due_on, s.stage \
    FROM cases c JOIN legal_dates d ON d.case_id = c.id \
    CROSS JOIN LATERAL (VALUES ('acknowledgement', d.ack_due_on), ('answer', d.answer_due_on)) \
        AS t (clock, due_on) \
    CROSS JOIN (VALUES ('half', 50, 75), ('three_quarters', 75, 90), ('nine_tenths', 90, NULL)) \
        AS s (stage, percent, next) \
    WHERE c.status IN ('received', 'acknowledged') AND c.nature = 'complaint' AND NOT c.is_demo \
      AND c.answered_on IS NULL \
      AND (t.clock = 'answer' OR (c.status = 'received' AND c.acknowledged_on IS NULL)) \
      AND ($1 - d.first_written_on) * 100 >= (t.due_on - d.first_written_on) * s.percent \
      AND (s.next IS NULL \
          OR ($1 - d.first_written_on) * 100 < (t.due_on - d.first_written_on) * s.next) \
      AND NOT EXISTS (SELECT FROM stage_notices n \
          WHERE n.case_id = c.id AND n.clock = t.clock AND n.stage = s.stage)";

/// Tells the stages that are passed and were not told, at most `limit` of them, and returns how many.
///
/// # Errors
/// When the words or the database fail.
pub async fn tell_due(
    conn: &mut Conn,
    office: &StageOffice,
    limit: i64,
    at: DateTime<Utc>,
) -> Result<usize, NotifyError> {
    let today = calendar::paris_date(at);
    let mut n_told = 0;
    for one in passed(conn, today, Of::All { limit }).await? {
        let told = conn
            .transaction(async |conn| tell(conn, office, &one, at).await)
            .await?;
        n_told += usize::from(told);
    }
    Ok(n_told)
}

/// Of which cases the stages are read.
#[derive(Clone, Copy)]
enum Of {
    All { limit: i64 },
    One(i64),
}

async fn passed(conn: &mut Conn, today: NaiveDate, of: Of) -> Result<Vec<Passed>, DbError> {
    let (sql, number) = match of {
        Of::All { limit } => (format!("{PASSED} ORDER BY t.due_on, c.id LIMIT $2"), limit),
        Of::One(case) => (format!("{PASSED} AND c.id = $2"), case),
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "the query builder has no lists of values to join with"
    )]
    let passed = diesel::sql_query(sql)
        .bind::<Date, _>(today)
        .bind::<BigInt, _>(number)
        .load(conn)
        .await?;
    Ok(passed)
}

/// Tells one stage; false when it is no longer so once the case is locked, another node was first, or
/// there is nobody to tell.
async fn tell(
    conn: &mut Conn,
    office: &StageOffice,
    passed: &Passed,
    at: DateTime<Utc>,
) -> Result<bool, NotifyError> {
    let (case, today) = (CaseId(passed.id), calendar::paris_date(at));
    lock(conn, case).await?;
    let still = self::passed(conn, today, Of::One(case.0)).await?;
    let Some(passed) = still.iter().find(|one| one.clock == passed.clock) else {
        return Ok(false);
    };
    let recipients = recipients(conn, office, passed, today).await?;
    if recipients.is_empty() || !is_first(conn, passed, at).await? {
        return Ok(false);
    }
    let reference = Reference::new(passed.reference_year, case).to_string();
    let words = StageNotice {
        reference: &reference,
        task: passed.clock.into(),
        share: passed.stage.into(),
        due_on: passed.due_on,
        act_by: act_by(passed.due_on),
        is_late: passed.due_on < today,
        staff_url: &format!("{}/gestion/dossiers/{reference}", office.site),
    };
    for recipient in &recipients {
        let email = NewEmail {
            purpose: PURPOSE,
            about: None,
            recipient,
            words: words.compose()?,
            daily_cap: None,
        };
        let _queued = outbox::queue(conn, email, at).await?;
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

/// Who is told: whoever is barred from the case is not.
async fn recipients(
    conn: &mut Conn,
    office: &StageOffice,
    passed: &Passed,
    today: NaiveDate,
) -> Result<Vec<EmailAddress>, DbError> {
    if passed.stage == Stage::NineTenths
        && let Some(compliance) = office.settings.book().address(Key::ComplianceEmail)
    {
        return Ok(vec![compliance.as_email().clone()]);
    }
    let accounts = staff::list(conn).await?;
    let able = |account: &&staff::AccountLine| account.state == staff::AccountState::Enrolled;
    let in_charge = match (passed.stage, passed.handler_id.map(StaffId)) {
        (Stage::Half, Some(handler)) => absences::in_charge_of(conn, handler, today).await?,
        (Stage::Half, None) | (Stage::ThreeQuarters | Stage::NineTenths, _) => None,
    };
    let ours = accounts
        .iter()
        .filter(able)
        .filter(|account| Some(account.id) == in_charge);
    let told = unbarred(conn, passed, ours.collect()).await?;
    if !told.is_empty() {
        return Ok(told);
    }
    let supervisors = accounts
        .iter()
        .filter(able)
        .filter(|account| account.roles.may(Right::AssignOthers));
    unbarred(conn, passed, supervisors.collect()).await
}

/// The addresses of those for whom the case exists.
async fn unbarred(
    conn: &mut Conn,
    passed: &Passed,
    accounts: Vec<&staff::AccountLine>,
) -> Result<Vec<EmailAddress>, DbError> {
    let mut addresses = Vec::new();
    for account in accounts {
        if sight::is_barred(conn, CaseId(passed.id), account.id).await? {
            continue;
        }
        let email = account.email.as_deref();
        addresses.extend(email.and_then(|email| EmailAddress::parse(email).ok()));
    }
    Ok(addresses)
}

impl From<StagedClock> for StageTask {
    fn from(clock: StagedClock) -> Self {
        match clock {
            StagedClock::Acknowledgement => Self::Acknowledgement,
            StagedClock::Answer => Self::Answer,
        }
    }
}

impl From<Stage> for StageShare {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Half => Self::Half,
            Stage::ThreeQuarters => Self::ThreeQuarters,
            Stage::NineTenths => Self::NineTenths,
        }
    }
}
