//! Has files scanned, and draws the consequences in the transaction that notes what was found.

use diesel_async::AsyncConnection;

use crate::case::files::quarantined;
use crate::db::DbError;
use crate::files::scan::{self, ToScan};
use crate::files::{Clamd, Verdict, chunks};
use crate::jobs::Background;

/// Files taken at once.
const BATCH: i64 = 5;

/// Has the files scanned that wait, and returns how many were: none when the scanner is away.
pub(super) async fn round(background: &Background, clamd: &Clamd) -> anyhow::Result<usize> {
    let mut conn = background.pool.get().await?;
    let held = scan::claim(&mut conn, background.clock.now(), BATCH).await?;
    drop(conn);
    let mut n_scanned = 0;
    for one in &held {
        let found = clamd.scan(chunks(background.pool.clone(), one.file)).await;
        match found {
            Ok(verdict) => match settle(background, *one, verdict).await {
                Ok(()) => n_scanned += 1,
                // It is held for a while and comes back; the others need not wait for it.
                Err(error) => tracing::error!(file = one.file.0, %error, "a scan was not noted"),
            },
            Err(error) => {
                tracing::warn!(file = one.file.0, %error, "a file waits to be scanned");
                let mut conn = background.pool.get().await?;
                scan::put_off(&mut conn, *one, background.clock.now()).await?;
            }
        }
    }
    Ok(n_scanned)
}

async fn settle(background: &Background, held: ToScan, verdict: Verdict) -> anyhow::Result<()> {
    let at = background.clock.now();
    let mut conn = background.pool.get().await?;
    conn.transaction(async |conn| {
        let was_waiting = scan::settle(conn, held.file, verdict, at).await?;
        if was_waiting && verdict == Verdict::Infected {
            quarantined(conn, held.file, at).await?;
        }
        Ok::<_, DbError>(())
    })
    .await?;
    if verdict == Verdict::Infected {
        tracing::warn!(file = held.file.0, "a file is infected: it is kept apart");
    }
    Ok(())
}
