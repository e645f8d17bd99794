//! Tells staff what they must know, in the hours when someone reads it: the digests of the morning, and
//! the last working days as they come.

use crate::calendar;
use crate::case::notices;
use crate::jobs::Background;

/// Last days told at once; the rest comes a minute later.
const BATCH: i64 = 200;

/// Does what is to be done now, unless the office is closed. What fails is tried again a minute
/// later.
pub(super) async fn round(background: &Background) {
    match tell(background).await {
        Ok(0) => {}
        Ok(n_told) => {
            tracing::info!(n_told, "staff told of their dates");
            background.bell.notify_one();
        }
        Err(error) => tracing::error!(%error, "staff could not be told of their dates"),
    }
}

async fn tell(background: &Background) -> anyhow::Result<usize> {
    let at = background.clock.now();
    if !calendar::is_open(at) {
        return Ok(0);
    }
    let mut conn = background.pool.get().await?;
    let n_digests = notices::send_digests(&mut conn, &background.notices, at).await?;
    let n_last = notices::tell_last_days(&mut conn, &background.notices, BATCH, at).await?;
    Ok(n_digests + n_last)
}
