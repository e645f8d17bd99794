//! The register of requests: each is followed until it is answered, within a month.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use uuid::Uuid;

use crate::calendar;
use crate::case::StaffId;
use crate::case::events::persons as events;
use crate::case::filing::{Line, Text};
use crate::db::schema::person_requests;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor, SYSTEM_CHAIN};

text_code! {
    /// Which right is used.
    pub enum RightKind {
        /// To have a copy of what is held (art. 15).
        Access => "access",
        /// To have it corrected (art. 16).
        Rectification => "rectification",
        /// To have it erased (art. 17).
        Erasure => "erasure",
        /// To have its use restricted (art. 18).
        Restriction => "restriction",
        /// To object to its use (art. 21).
        Objection => "objection",
    }
}

text_code! {
    /// How a request was answered.
    pub enum Settlement {
        /// As asked.
        Granted => "granted",
        /// In part: why.
        Partly => "partly",
        /// Refused: why.
        Refused => "refused",
    }
}

/// Why a request is refused, 1 to 2,000 characters.
pub type Reason = Text<1, 2_000>;

/// A request about to be registered.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Id of the form: sending it twice registers it once.
    pub submission: Uuid,
    /// Which right.
    pub kind: RightKind,
    /// Who asks, as one looks for them.
    pub person: Line<200>,
    /// Paris calendar.
    pub received_on: NaiveDate,
}

/// A request of the register.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = person_requests, check_for_backend(diesel::pg::Pg))]
pub struct PersonRequest {
    /// Its row.
    pub id: i64,
    /// Which right.
    pub kind: RightKind,
    /// Who asks; none once erased.
    pub person: Option<String>,
    /// Paris calendar.
    pub received_on: NaiveDate,
    /// One month later.
    pub due_on: NaiveDate,
    /// How it was answered, if it was.
    pub settlement: Option<Settlement>,
    /// Why not as asked.
    pub reason: Option<String>,
    /// When it was answered, Paris calendar.
    pub answered_on: Option<NaiveDate>,
}

/// Why an answer was not noted.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// There is no such request, or it is answered.
    #[error("no request waits for an answer under this number")]
    NotOpen,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
}

/// Registers a request and returns its row; sent again, it changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn register(
    conn: &mut Conn,
    new: &NewRequest,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<i64, DbError> {
    let due_on = calendar::rights_due(new.received_on);
    conn.transaction(async |conn| {
        let id: Option<i64> = diesel::insert_into(person_requests::table)
            .values((
                person_requests::submission_id.eq(new.submission),
                person_requests::kind.eq(new.kind),
                person_requests::person.eq(new.person.as_str()),
                person_requests::received_on.eq(new.received_on),
                person_requests::due_on.eq(due_on),
                person_requests::entered_by.eq(by.0),
                person_requests::entered_at.eq(at),
            ))
            .on_conflict(person_requests::submission_id)
            .do_nothing()
            .returning(person_requests::id)
            .get_result(conn)
            .await
            .optional()?;
        let Some(id) = id else {
            return person_requests::table
                .filter(person_requests::submission_id.eq(new.submission))
                .select(person_requests::id)
                .first(conn)
                .await;
        };
        let entry = events::registered(id, new.kind, new.received_on, due_on);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by.0), at).await?;
        Ok(id)
    })
    .await
}

/// Notes how a request was answered; why is told unless it was granted.
///
/// # Errors
/// When it does not wait for an answer, or the database fails.
pub async fn settle(
    conn: &mut Conn,
    id: i64,
    (settlement, reason): (Settlement, Option<&Reason>),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), SettleError> {
    let today = calendar::paris_date(at);
    conn.transaction(async |conn| {
        let open = person_requests::table
            .find(id)
            .filter(person_requests::answered_on.is_null());
        let n_settled = diesel::update(open)
            .set((
                person_requests::settlement.eq(settlement),
                person_requests::reason.eq(reason.map(Reason::as_str)),
                person_requests::answered_on.eq(today),
                person_requests::answered_by.eq(by.0),
            ))
            .execute(conn)
            .await?;
        if n_settled == 0 {
            return Err(SettleError::NotOpen);
        }
        let entry = events::settled(id, settlement, today);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// Those that wait for an answer, first due first, then the twenty answered last.
///
/// # Errors
/// When the database fails.
pub async fn requests(conn: &mut Conn) -> Result<Vec<PersonRequest>, DbError> {
    let mut found: Vec<PersonRequest> = person_requests::table
        .filter(person_requests::answered_on.is_null())
        .order((person_requests::due_on.asc(), person_requests::id.asc()))
        .limit(200)
        .select(PersonRequest::as_select())
        .load(conn)
        .await?;
    let answered: Vec<PersonRequest> = person_requests::table
        .filter(person_requests::answered_on.is_not_null())
        .order((
            person_requests::answered_on.desc(),
            person_requests::id.desc(),
        ))
        .limit(20)
        .select(PersonRequest::as_select())
        .load(conn)
        .await?;
    found.extend(answered);
    Ok(found)
}

/// One request.
///
/// # Errors
/// `NotFound` when there is none, or the database fails.
pub async fn one(conn: &mut Conn, id: i64) -> Result<PersonRequest, DbError> {
    person_requests::table
        .find(id)
        .select(PersonRequest::as_select())
        .first(conn)
        .await
}

/// Erases who asked and why they were refused, in at most `limit` requests answered before a day of the
/// Paris calendar, and returns how many. That someone asked, and when we answered, stays.
///
/// # Errors
/// When the database fails.
pub async fn erase_answered(
    conn: &mut Conn,
    before: NaiveDate,
    limit: i64,
) -> Result<usize, DbError> {
    let over: Vec<i64> = person_requests::table
        .filter(person_requests::answered_on.lt(before))
        .filter(person_requests::person.is_not_null())
        .order(person_requests::id)
        .limit(limit)
        .select(person_requests::id)
        .load(conn)
        .await?;
    diesel::update(person_requests::table.filter(person_requests::id.eq_any(over)))
        .set((
            person_requests::person.eq(None::<String>),
            person_requests::reason.eq(None::<String>),
        ))
        .execute(conn)
        .await
}
