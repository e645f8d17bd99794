//! Keeps as letters what left by e-mail.

use crate::case::post::keep_emailed;
use crate::jobs::Background;

/// Letters made at once.
const BATCH: usize = 20;

/// Makes what is owed, one letter at a time, and returns how many were.
pub(super) async fn round(background: &Background) -> anyhow::Result<usize> {
    let mut n_kept = 0;
    while n_kept < BATCH {
        let mut conn = background.pool.get().await?;
        if !keep_emailed(&mut conn, &background.office, background.clock.now()).await? {
            break;
        }
        n_kept += 1;
    }
    Ok(n_kept)
}
