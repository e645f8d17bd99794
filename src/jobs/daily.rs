//! What is done once a day, by whichever node comes first: the seal of the day before, the letters
//! for addresses that nobody confirmed, the requalifications that nobody objected to, the drafts and the sessions whose time is over.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};

use crate::calendar;
use crate::case::erase;
use crate::case::files as case_files;
use crate::case::{draft, inbox, incoming, persons, requalification, unconfirmed};
use crate::db::{Conn, DbError};
use crate::files;
use crate::jobs::{Background, Mailbox};
use crate::journal;
use crate::settings::Key;
use crate::staff::{self, sessions};

/// Rows dealt with at once; the rest comes a minute later.
const BATCH: i64 = 1_000;
/// Cases erased at once; the rest comes a minute later.
const ERASED: usize = 100;

/// Does what is to be done today and has not been done yet. What fails is tried again at the next
/// round and does not keep the rest from being done.
pub(super) async fn round(background: &Background) -> anyhow::Result<()> {
    let at = background.clock.now();
    let mut conn = background.pool.get().await?;
    if let Err(error) = seal_yesterday(&mut conn, at).await {
        tracing::error!(%error, "the journal could not be sealed");
    }
    let target = background.settings.book().days(Key::RequestTarget);
    let read = background.mailbox.as_ref().map(Mailbox::names);
    let read = read.unwrap_or_default();
    tell(
        requalification::take_effect(&mut conn, (target, &read), BATCH, at).await,
        "requalifications settled: their ten days have passed",
    );
    tell(
        unconfirmed::ask_for_copies(&mut conn, BATCH, at).await,
        "letters to post: their addresses were not confirmed",
    );
    tell(
        draft::erase_expired(&mut conn, at, BATCH).await,
        "expired drafts erased",
    );
    tell(
        erase::erase_due(&mut conn, background.retention, ERASED, at).await,
        "cases erased: the time they are kept was over",
    );
    erase_names(&mut conn, background, at).await;
    tell(
        files::erase_unfinished(&mut conn, at).await,
        "broken uploads erased",
    );
    let stale = at - TimeDelta::days(background.pending_file_days.into());
    tell(
        case_files::erase_stale_pending(&mut conn, stale, BATCH).await,
        "files erased that no message took along",
    );
    tell(
        sessions::delete_expired(&mut conn, &background.staff_limits, at).await,
        "staff sessions erased: they were over",
    );
    tell(
        staff::erase_old_places(&mut conn, &background.staff_limits, at).await,
        "places of sign-in erased: they told nothing any more",
    );
    Ok(())
}

/// What names a person without being of a case, when it was kept long enough.
async fn erase_names(conn: &mut Conn, background: &Background, at: DateTime<Utc>) {
    let others = background.retention.others_before(calendar::paris_date(at));
    tell(
        persons::erase_answered(conn, others, BATCH).await,
        "names erased from answered requests of persons",
    );
    tell(
        inbox::erase_old_filters(conn, others).await,
        "kept lists erased that nobody opened for long enough",
    );
    tell(
        incoming::forget(conn, others, BATCH).await,
        "e-mails erased that joined no case",
    );
}

async fn seal_yesterday(conn: &mut Conn, at: DateTime<Utc>) -> Result<(), DbError> {
    let Some(day) = calendar::paris_date(at).pred_opt() else {
        return Ok(());
    };
    if let Some(sealed) = journal::seal(conn, day, at).await? {
        tracing::info!(
            seal = sealed.id,
            chains = sealed.n_leaves,
            "the journal was sealed"
        );
    }
    Ok(())
}

fn tell<E: Display>(done: Result<usize, E>, what: &str) {
    match done {
        Ok(0) => {}
        Ok(n_done) => tracing::info!(n_done, "{what}"),
        Err(error) => tracing::error!(%error, "not done: {what}"),
    }
}
