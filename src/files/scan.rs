//! The files that wait for the scanner: taken so that no two workers scan the same one, settled, or
//! put off while the scanner is away.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::uploads;
use crate::db::{Conn, DbError};
use crate::files::{FileId, ScanState, Verdict};

/// How long a worker holds a file: longer than a few scans can last.
const HOLD: TimeDelta = TimeDelta::minutes(15);
/// Shortest and longest wait before the next try.
const WAITS: (i64, i64) = (10, 300);

/// A file held by a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToScan {
    /// Its id.
    pub file: FileId,
    /// Which try this is, from 1.
    pub attempt: i32,
}

/// Takes at most `limit` files that wait, those that have waited longest first.
///
/// # Errors
/// When the database fails.
pub async fn claim(conn: &mut Conn, at: DateTime<Utc>, limit: i64) -> Result<Vec<ToScan>, DbError> {
    conn.transaction(async |conn| {
        let due: Vec<i64> = uploads::table
            .filter(uploads::scan.eq(ScanState::Waiting))
            .filter(uploads::received_at.is_not_null())
            .filter(uploads::next_scan_at.le(at))
            .order((uploads::next_scan_at.asc(), uploads::id.asc()))
            .limit(limit)
            .select(uploads::id)
            .for_update()
            .skip_locked()
            .load(conn)
            .await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let held: Vec<(i64, i32)> = diesel::update(uploads::table.filter(uploads::id.eq_any(due)))
            .set((
                uploads::n_scans.eq(uploads::n_scans + 1),
                uploads::next_scan_at.eq(at + HOLD),
            ))
            .returning((uploads::id, uploads::n_scans))
            .get_results(conn)
            .await?;
        let to_scan = |(id, attempt)| ToScan {
            file: FileId(id),
            attempt,
        };
        Ok(held.into_iter().map(to_scan).collect())
    })
    .await
}

/// Notes what the scanner found. Returns whether the file still waited for it.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    conn: &mut Conn,
    file: FileId,
    verdict: Verdict,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let state = match verdict {
        Verdict::Clean => ScanState::Clean,
        Verdict::Infected => ScanState::Infected,
    };
    let waiting = uploads::table
        .find(file.0)
        .filter(uploads::scan.eq(ScanState::Waiting));
    let n_settled = diesel::update(waiting)
        .set((uploads::scan.eq(state), uploads::scanned_at.eq(at)))
        .execute(conn)
        .await?;
    Ok(n_settled == 1)
}

/// Lets a file wait longer, the longer the more often it was tried.
///
/// # Errors
/// When the database fails.
pub async fn put_off(conn: &mut Conn, held: ToScan, at: DateTime<Utc>) -> Result<(), DbError> {
    let (shortest, longest) = WAITS;
    let doubled = u32::try_from(held.attempt - 1).unwrap_or_default().min(10);
    let wait = (shortest << doubled).min(longest);
    diesel::update(uploads::table.find(held.file.0))
        .set(uploads::next_scan_at.eq(at + TimeDelta::seconds(wait)))
        .execute(conn)
        .await
        .map(drop)
}
