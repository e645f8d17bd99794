//! Tells the stages of the legal clocks, in the hours when someone reads them.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar::is_jour_ouvre;
use crate::case::stages;
use crate::jobs::Background;

/// Stages told at once; the rest comes a minute later.
const BATCH: i64 = 200;

/// Does what is to be done now, unless the office is closed. What fails is tried again a minute
/// later.
pub(super) async fn round(background: &Background) {
    match tell(background).await {
        Ok(0) => {}
        Ok(n_told) => {
            tracing::info!(n_told, "stages of legal clocks told");
            background.bell.notify_one();
        }
        Err(error) => tracing::error!(%error, "the stages could not be told"),
    }
}

async fn tell(background: &Background) -> anyhow::Result<usize> {
    let at = background.clock.now();
    if !is_open(at) {
        return Ok(0);
    }
    let mut conn = background.pool.get().await?;
    Ok(stages::tell_due(&mut conn, &background.stages, BATCH, at).await?)
}

/// Whether it is between 8:30 and 18:00 in Paris, Monday to Friday, no holiday.
fn is_open(at: DateTime<Utc>) -> bool {
    let paris = at.with_timezone(&Paris);
    let opens = NaiveTime::from_hms_opt(8, 30, 0);
    let closes = NaiveTime::from_hms_opt(18, 0, 0);
    let time = Some(paris.time());
    is_jour_ouvre(paris.date_naive()) && opens <= time && time < closes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_at_night_on_week_ends_or_on_holidays() {
        for (at, open) in [
            ("2026-04-30T06:29:59Z", false),
            ("2026-04-30T06:30:00Z", true),
            ("2026-04-30T15:59:59Z", true),
            ("2026-04-30T16:00:00Z", false),
            ("2026-05-01T10:00:00Z", false),
            ("2026-05-02T10:00:00Z", false),
            ("2026-05-03T10:00:00Z", false),
            ("2026-01-05T07:29:00Z", false),
            ("2026-01-05T07:30:00Z", true),
        ] {
            assert_eq!(is_open(at.parse().unwrap()), open, "{at}");
        }
    }
}
