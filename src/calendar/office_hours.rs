//! The hours when staff are written to: 8:30 to 18:00 in Paris, on days someone is at the desk.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar::is_jour_ouvre;

/// Minutes of the day at which the hours begin and end.
const OPENS: i64 = 8 * 60 + 30;
const CLOSES: i64 = 18 * 60;

/// Whether staff may be written to.
pub fn is_open(at: DateTime<Utc>) -> bool {
    let day = at.with_timezone(&Paris).date_naive();
    let within = |minutes| instant(day, minutes);
    is_jour_ouvre(day)
        && within(OPENS).is_some_and(|opens| opens <= at)
        && within(CLOSES).is_some_and(|closes| at < closes)
}

/// The first instant from `at` on at which staff may be written to.
pub fn opens_at(at: DateTime<Utc>) -> DateTime<Utc> {
    if is_open(at) {
        return at;
    }
    let today = at.with_timezone(&Paris).date_naive();
    today
        .iter_days()
        .filter(|day| is_jour_ouvre(*day))
        .filter_map(|day| instant(day, OPENS))
        .find(|opens| *opens > at)
        .unwrap_or(at)
}

/// The next day someone is at the desk.
pub fn next_jour_ouvre(today: NaiveDate) -> NaiveDate {
    let mut later = today.iter_days().skip(1);
    later.find(|day| is_jour_ouvre(*day)).unwrap_or(today)
}

fn instant(day: NaiveDate, minutes: i64) -> Option<DateTime<Utc>> {
    let time = NaiveTime::MIN + TimeDelta::minutes(minutes);
    let paris = day.and_time(time).and_local_timezone(Paris);
    paris.earliest().map(|instant| instant.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_at_night_on_week_ends_or_on_holidays() {
        for (at, opens) in [
            ("2026-04-30T06:29:59Z", "2026-04-30T06:30:00Z"),
            ("2026-04-30T06:30:00Z", "2026-04-30T06:30:00Z"),
            ("2026-04-30T15:59:59Z", "2026-04-30T15:59:59Z"),
            // 1 May is a holiday and a Friday.
            ("2026-04-30T16:00:00Z", "2026-05-04T06:30:00Z"),
            ("2026-05-02T10:00:00Z", "2026-05-04T06:30:00Z"),
            ("2026-05-03T23:30:00Z", "2026-05-04T06:30:00Z"),
            // In winter, an hour later in UTC.
            ("2026-01-05T07:29:00Z", "2026-01-05T07:30:00Z"),
        ] {
            let at: DateTime<Utc> = at.parse().unwrap();
            let opens: DateTime<Utc> = opens.parse().unwrap();
            assert_eq!(opens_at(at), opens, "{at}");
            assert_eq!(is_open(at), at == opens, "{at}");
            assert!(is_open(opens), "{opens}");
        }
    }

    #[test]
    fn the_next_day_at_the_desk_comes_after_a_long_week_end() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(next_jour_ouvre(day("2026-04-30")), day("2026-05-04"));
        assert_eq!(next_jour_ouvre(day("2026-05-04")), day("2026-05-05"));
    }
}
