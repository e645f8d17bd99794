//! Failures to sign in: they lock one account for one place, slow the account down everywhere else,
//! and are forgiven with time, so that a stranger cannot keep someone out (ASVS 5.0, 6.3).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::db::schema::{staff_accounts, staff_places};
use crate::db::{Conn, DbError};
use crate::keys::Key;
use crate::staff::sign_in::Row;
use crate::staff::{StaffId, StaffLimits};

/// Where someone signs in from: a keyed digest of the network address, never the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place([u8; 32]);

impl Place {
    /// The place of a network address; those of unknown address are one place.
    pub fn of(key: &Key, address: &str) -> Self {
        Self(key.mac(&[b"place", address.as_bytes()]))
    }
}

/// What is known of an account at one place.
#[derive(Queryable, Selectable, Default)]
#[diesel(table_name = staff_places, check_for_backend(diesel::pg::Pg))]
pub(super) struct Known {
    n_failures: i32,
    failed_at: Option<DateTime<Utc>>,
    blocked_until: Option<DateTime<Utc>>,
    trusted_at: Option<DateTime<Utc>>,
}

/// An attempt that was counted as a failure until it proves right.
pub(super) struct Counted {
    id: i64,
    place: Place,
    here: Block,
    /// None where the account has signed in before: a stranger's failures elsewhere do not count there.
    everywhere: Option<Block>,
    /// Whether it locks the account here.
    pub(super) locks: bool,
}

/// A count, and the block it brings about.
#[derive(Clone, Copy)]
struct Block {
    n_failures: i32,
    until: Option<DateTime<Utc>>,
}

/// What is known of the account at that place; its row is locked.
pub(super) async fn known(conn: &mut Conn, id: i64, place: Place) -> Result<Known, DbError> {
    let known = staff_places::table
        .find((id, place.0.as_slice()))
        .select(Known::as_select())
        .first(conn)
        .await
        .optional()?;
    Ok(known.unwrap_or_default())
}

impl Known {
    /// Whether the account may be tried from here now.
    pub(super) fn may_try(&self, row: &Row, limits: &StaffLimits, at: DateTime<Utc>) -> bool {
        let is_over = |until: Option<DateTime<Utc>>| until.is_none_or(|until| until <= at);
        row.is_active()
            && is_over(self.blocked_until)
            && (self.is_trusted(limits, at) || is_over(row.blocked_until))
    }

    fn is_trusted(&self, limits: &StaffLimits, at: DateTime<Utc>) -> bool {
        self.trusted_at
            .is_some_and(|since| at < since + limits.place_is_trusted_for)
    }

    /// Counts one more failure, and blocks if there are too many. The account's row is locked.
    pub(super) async fn count(
        &self,
        conn: &mut Conn,
        (row, place): (&Row, Place),
        limits: &StaffLimits,
        at: DateTime<Utc>,
    ) -> Result<Counted, DbError> {
        let n_here = limits.still_counted(self.n_failures, self.failed_at, at) + 1;
        let here = Block {
            n_failures: n_here,
            until: limits.block_after(n_here).map(|block| at + block),
        };
        diesel::insert_into(staff_places::table)
            .values((
                staff_places::account_id.eq(row.id),
                staff_places::place.eq(place.0.as_slice()),
                staff_places::n_failures.eq(here.n_failures),
                staff_places::failed_at.eq(at),
                staff_places::blocked_until.eq(here.until),
            ))
            .on_conflict((staff_places::account_id, staff_places::place))
            .do_update()
            .set((
                staff_places::n_failures.eq(excluded(staff_places::n_failures)),
                staff_places::failed_at.eq(excluded(staff_places::failed_at)),
                staff_places::blocked_until.eq(excluded(staff_places::blocked_until)),
            ))
            .execute(conn)
            .await?;
        let everywhere = if self.is_trusted(limits, at) {
            None
        } else {
            Some(slow_down(conn, row, limits, at).await?)
        };
        Ok(Counted {
            id: row.id,
            place,
            here,
            everywhere,
            locks: limits.locks_after(n_here),
        })
    }
}

async fn slow_down(
    conn: &mut Conn,
    row: &Row,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Result<Block, DbError> {
    let n_failures = limits.still_counted(row.n_failures, row.failed_at, at) + 1;
    let until = limits.slow_after(n_failures).map(|block| at + block);
    diesel::update(staff_accounts::table.find(row.id))
        .set((
            staff_accounts::n_failures.eq(n_failures),
            staff_accounts::failed_at.eq(at),
            staff_accounts::blocked_until.eq(until),
        ))
        .execute(conn)
        .await?;
    Ok(Block { n_failures, until })
}

impl Counted {
    /// Whose attempt it is.
    pub(super) const fn account(&self) -> StaffId {
        StaffId(self.id)
    }

    /// The password was right: the attempt was no failure. What another attempt counted or blocked
    /// meanwhile stays. The count goes back to zero only with the code.
    pub(super) async fn forgive(&self, conn: &mut Conn) -> Result<(), DbError> {
        let here = staff_places::table
            .find((self.id, self.place.0.as_slice()))
            .filter(staff_places::n_failures.eq(self.here.n_failures))
            .filter(staff_places::blocked_until.is_not_distinct_from(self.here.until));
        diesel::update(here)
            .set((
                staff_places::n_failures.eq(self.here.n_failures - 1),
                staff_places::blocked_until.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)
            .await?;
        let Some(block) = self.everywhere else {
            return Ok(());
        };
        let everywhere = staff_accounts::table
            .find(self.id)
            .filter(staff_accounts::n_failures.eq(block.n_failures))
            .filter(staff_accounts::blocked_until.is_not_distinct_from(block.until));
        diesel::update(everywhere)
            .set((
                staff_accounts::n_failures.eq(block.n_failures - 1),
                staff_accounts::blocked_until.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)
            .await
            .map(drop)
    }
}

/// Both factors were right here: what failed here is forgotten, and a stranger's failures elsewhere no
/// longer slow the account down here. Those go on counting elsewhere.
pub(super) async fn trust(
    conn: &mut Conn,
    id: StaffId,
    place: Place,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::insert_into(staff_places::table)
        .values((
            staff_places::account_id.eq(id.0),
            staff_places::place.eq(place.0.as_slice()),
            staff_places::trusted_at.eq(at),
        ))
        .on_conflict((staff_places::account_id, staff_places::place))
        .do_update()
        .set((
            staff_places::n_failures.eq(0),
            staff_places::blocked_until.eq(None::<DateTime<Utc>>),
            staff_places::trusted_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets every failure of the account; returns whether one of them blocked it at `at`.
pub(super) async fn forget(
    conn: &mut Conn,
    id: StaffId,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let nowhere = None::<DateTime<Utc>>;
    let places = staff_places::table.filter(staff_places::account_id.eq(id.0));
    let account = staff_accounts::table.find(id.0);
    let here = diesel::dsl::exists(places.filter(staff_places::blocked_until.gt(at)));
    let everywhere = diesel::dsl::exists(account.filter(staff_accounts::blocked_until.gt(at)));
    let is_blocked = diesel::select(here.or(everywhere)).get_result(conn).await?;
    diesel::update(places)
        .set((
            staff_places::n_failures.eq(0),
            staff_places::blocked_until.eq(nowhere),
        ))
        .execute(conn)
        .await?;
    diesel::update(account)
        .set((
            staff_accounts::n_failures.eq(0),
            staff_accounts::blocked_until.eq(nowhere),
        ))
        .execute(conn)
        .await?;
    Ok(is_blocked)
}

/// Erases the places that no longer say anything, and returns how many.
///
/// # Errors
/// When the database fails.
pub async fn erase_old_places(
    conn: &mut Conn,
    limits: &StaffLimits,
    at: DateTime<Utc>,
) -> Result<usize, DbError> {
    let untrusted = staff_places::trusted_at
        .is_null()
        .or(staff_places::trusted_at.lt(at - limits.place_is_trusted_for));
    let forgiven =
        staff_places::failed_at.is_null().or(staff_places::failed_at
            .lt(at - limits.forgive_one_after * limits.n_failures_before_lock));
    let stale = staff_places::table
        .filter(untrusted.assume_not_null())
        .filter(forgiven.assume_not_null());
    diesel::delete(stale).execute(conn).await
}
