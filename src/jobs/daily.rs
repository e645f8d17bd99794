//! What is done once a day, by whichever node comes first: the seal of the day before, the letters
//! for addresses that nobody confirmed, the drafts and the sessions whose time is over.

use crate::calendar;
use crate::case::{draft, unconfirmed};
use crate::jobs::Background;
use crate::journal;
use crate::staff::sessions;

/// Rows dealt with at once; the rest comes a minute later.
const BATCH: i64 = 1_000;

/// Does what is to be done today and has not been done yet.
pub(super) async fn round(background: &Background) -> anyhow::Result<()> {
    let at = background.clock.now();
    let mut conn = background.pool.get().await?;
    let yesterday = calendar::paris_date(at).pred_opt();
    if let Some(day) = yesterday
        && let Some(sealed) = journal::seal(&mut conn, day, at).await?
    {
        tracing::info!(
            seal = sealed.id,
            chains = sealed.n_leaves,
            "the journal was sealed"
        );
    }
    let n_asked = unconfirmed::ask_for_copies(&mut conn, BATCH, at).await?;
    tell(
        n_asked,
        "letters to post: their addresses were not confirmed",
    );
    let n_erased = draft::erase_expired(&mut conn, at, BATCH).await?;
    tell(n_erased, "expired drafts erased");
    let n_over = sessions::delete_expired(&mut conn, &background.staff_limits, at).await?;
    tell(n_over, "staff sessions erased: they were over");
    Ok(())
}

fn tell(n_done: usize, what: &str) {
    if n_done > 0 {
        tracing::info!(n_done, "{what}");
    }
}
