//! The seals of a past that was written at once: one a day, as they would have been made.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Paris;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::lock::{self, Lock};
use crate::db::schema::seals;
use crate::db::{Conn, DbError};
use crate::journal::seal::{insert, tree_of};
use crate::journal::{GENESIS, Hash, Sealed, chain_hash};

/// Seals every day of `from..=until` (Paris calendar) that comes after the last seal, and returns
/// how many. Lines of earlier days that no seal covers go to the first of them. Only for histories
/// that were made up: a seal says when it was made, and these were not made then.
///
/// # Errors
/// When the database fails.
pub async fn seal_history(
    conn: &mut Conn,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<u64, DbError> {
    conn.transaction(async |conn| {
        lock::hold(conn, Lock::Seal).await?;
        let last: Option<(i64, NaiveDate, Vec<u8>)> = seals::table
            .order(seals::id.desc())
            .select((seals::id, seals::sealed_on, seals::hash))
            .first(conn)
            .await
            .optional()?;
        let (last_id, from, mut before) = match last {
            Some((id, on, hash)) => (id, from.max(on + Days::new(1)), chain_hash(hash)?),
            None => (0, from, GENESIS),
        };
        cover(conn, last_id, from, until).await?;
        let mut n_sealed = 0;
        for (id, day) in (last_id.saturating_add(1)..).zip(from.iter_days()) {
            if day > until {
                break;
            }
            before = seal_day(conn, id, day, &before).await?;
            n_sealed += 1;
        }
        Ok(n_sealed)
    })
    .await
}

/// Records the last line that each chain had at the end of each day.
async fn cover(
    conn: &mut Conn,
    last_id: i64,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<(), DbError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the query builder has no window functions in an INSERT"
    )]
    diesel::sql_query(COVER)
        .bind::<BigInt, _>(last_id)
        .bind::<Date, _>(from)
        .bind::<Date, _>(until)
        .execute(conn)
        .await
        .map(drop)
}

const COVER: &str = "\
    INSERT INTO seal_leaves (chain, seq, seal, hash) \
    SELECT chain, seq, $1 + 1 + (day - $2), hash FROM ( \
        SELECT chain, seq, hash, day, lead(day) OVER (PARTITION BY chain ORDER BY seq) AS next_day \
        FROM ( \
            SELECT chain, seq, hash, \
                GREATEST((at AT TIME ZONE 'Europe/Paris')::date, $2) AS day \
            FROM journal_events AS line \
            WHERE NOT EXISTS (SELECT FROM seal_leaves AS leaf \
                WHERE leaf.chain = line.chain AND leaf.seq >= line.seq) \
        ) AS lines WHERE day <= $3 \
    ) AS days WHERE day IS DISTINCT FROM next_day";

async fn seal_day(
    conn: &mut Conn,
    id: i64,
    day: NaiveDate,
    before: &Hash,
) -> Result<Hash, DbError> {
    let tree = tree_of(conn, id).await?;
    let sealed = Sealed {
        id,
        sealed_on: day,
        sealed_at: night_after(day),
        n_leaves: tree.n_leaves(),
        merkle_root: tree.root(),
    };
    insert(conn, &sealed, before).await?;
    Ok(sealed.hash(before))
}

/// Midnight in Paris at the end of the day.
fn night_after(day: NaiveDate) -> DateTime<Utc> {
    let midnight = (day + Days::new(1)).and_time(NaiveTime::MIN);
    let in_paris = midnight.and_local_timezone(Paris).earliest();
    in_paris.map_or_else(|| midnight.and_utc(), |instant| instant.to_utc())
}
