//! Days: which date it is in Paris, which days count, and counting them.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Europe::Paris;

use crate::calendar::holidays_on;

/// The date in Paris at `instant`. Every legal date starts from it: 22:30 UTC on 31 March is
/// already 1 April (R48).
pub fn paris_date(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&Paris).date_naive()
}

/// The last instant of the Paris calendar day of `instant`, to the second: what lasts until a day
/// lasts all of it.
pub fn end_of_paris_day(instant: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = paris_date(instant).succ_opt().and_then(|next| {
        next.and_time(NaiveTime::MIN)
            .and_local_timezone(Paris)
            .earliest()
    });
    // Clocks never change at midnight in Paris: there is always one.
    midnight.map_or(instant, |midnight| {
        midnight.with_timezone(&Utc) - TimeDelta::seconds(1)
    })
}

/// Noon in Paris on `date`: an instant of a day of which only the date is known.
pub fn paris_noon(date: NaiveDate) -> DateTime<Utc> {
    let noon = date.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    // Clocks never change at noon: there is always one.
    let paris = noon.and_local_timezone(Paris).earliest();
    paris.map_or_else(|| noon.and_utc(), |paris| paris.with_timezone(&Utc))
}

/// Whether `date` is a *jour ouvrable*: any day but Sundays and national holidays. Saturday is
/// one.
pub fn is_jour_ouvrable(date: NaiveDate) -> bool {
    date.weekday() != Weekday::Sun && holidays_on(date).is_empty()
}

/// Whether `date` is a *jour ouvré* here: Monday to Friday, holidays excepted; a day someone is
/// at the desk.
pub fn is_jour_ouvre(date: NaiveDate) -> bool {
    date.weekday() != Weekday::Sat && is_jour_ouvrable(date)
}

/// Adds `count` *jours ouvrables* to `start`; `start` itself is not counted.
pub fn add_jours_ouvrables(start: NaiveDate, count: usize) -> NaiveDate {
    jours_ouvrables_after(start, count)
        .last()
        .copied()
        .unwrap_or(start)
}

/// The `count` first *jours ouvrables* after `start`, in order.
pub(super) fn jours_ouvrables_after(start: NaiveDate, count: usize) -> Vec<NaiveDate> {
    start
        .iter_days()
        .skip(1)
        .filter(|day| is_jour_ouvrable(*day))
        .take(count)
        .collect()
}

/// How many *jours ouvrables* lie after `start`, up to and including `end`; 0 if `end` is not
/// later.
pub fn count_jours_ouvrables(start: NaiveDate, end: NaiveDate) -> usize {
    start
        .iter_days()
        .skip(1)
        .take_while(|day| *day <= end)
        .filter(|day| is_jour_ouvrable(*day))
        .count()
}

/// The last due date that must be acted on by `today`: before the next day someone is at the desk.
pub fn due_by(today: NaiveDate) -> NaiveDate {
    let later = today.iter_days().skip(1);
    later
        .take_while(|day| !is_jour_ouvre(*day))
        .last()
        .unwrap_or(today)
}

/// The last day since which `count` *jours ouvrables* have begun, that of `today` included.
pub fn jours_ouvrables_ago(today: NaiveDate, count: usize) -> NaiveDate {
    let mut day = today;
    let mut n_left = count;
    while n_left > 0 {
        n_left -= usize::from(is_jour_ouvrable(day));
        let Some(before) = day.pred_opt() else {
            return day;
        };
        day = before;
    }
    day
}

/// The last day someone is at the desk on or before `due`: reminders and "J-3" count to it. The
/// legal date itself does not move.
pub fn act_by(due: NaiveDate) -> NaiveDate {
    let mut day = due;
    while !is_jour_ouvre(day) {
        let Some(before) = day.pred_opt() else {
            return day;
        };
        day = before;
    }
    day
}

/// `start` and `count` calendar months: the same day number, else the last day of the month
/// (Code de procédure civile, 641). Stops at the end of chrono's calendar.
pub(super) fn plus_months(start: NaiveDate, count: u32) -> NaiveDate {
    start
        .checked_add_months(Months::new(count))
        .unwrap_or(NaiveDate::MAX)
}

/// `start` and `count` calendar days, each counted. Stops at the end of chrono's calendar.
pub(super) fn plus_days(start: NaiveDate, count: u64) -> NaiveDate {
    start
        .checked_add_days(Days::new(count))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn any_date() -> impl Strategy<Value = NaiveDate> {
        (0_u64..84_000).prop_map(|days| date("1970-01-01") + Days::new(days))
    }

    #[test]
    fn a_day_ends_one_second_before_midnight_in_paris() {
        for (instant, end) in [
            ("2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
            ("2026-01-15T22:59:59Z", "2026-01-15T22:59:59Z"),
            ("2026-10-25T08:00:00Z", "2026-10-25T22:59:59Z"),
        ] {
            let instant: DateTime<Utc> = instant.parse().unwrap();
            assert_eq!(
                end_of_paris_day(instant),
                end.parse::<DateTime<Utc>>().unwrap()
            );
        }
    }

    #[test]
    fn paris_decides_the_date() {
        for (instant, paris) in [
            ("2026-03-31T21:59:59Z", "2026-03-31"),
            ("2026-03-31T22:00:00Z", "2026-04-01"),
            ("2026-01-15T22:59:59Z", "2026-01-15"),
            ("2026-01-15T23:00:00Z", "2026-01-16"),
            // Clocks go forward on 29 March at 01:00 UTC, back on 25 October at 01:00 UTC.
            ("2026-03-28T22:59:59Z", "2026-03-28"),
            ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
            ("2026-12-31T23:30:00Z", "2027-01-01"),
        ] {
            assert_eq!(
                paris_date(instant.parse().unwrap()),
                date(paris),
                "{instant}"
            );
        }
    }

    #[test]
    fn saturdays_count_and_holidays_do_not() {
        // 1 November is a Saturday, 11 November a Tuesday: both skipped.
        let due = add_jours_ouvrables(date("2025-10-31"), 10);
        assert_eq!(due, date("2025-11-14"));
        assert!(is_jour_ouvrable(date("2025-10-18")));
        assert!(!is_jour_ouvrable(date("2025-10-19")));
        assert_eq!(
            add_jours_ouvrables(date("2025-10-19"), 0),
            date("2025-10-19")
        );
    }

    #[test]
    fn act_by_steps_back_over_weekends_and_holidays() {
        for (due, desk) in [
            ("2026-05-15", "2026-05-15"),
            ("2026-09-26", "2026-09-25"),
            ("2026-05-01", "2026-04-30"),
            // Easter Monday, Sunday, Saturday, then Good Friday, a day of work in Paris.
            ("2026-04-06", "2026-04-03"),
            ("2028-01-01", "2027-12-31"),
        ] {
            assert_eq!(act_by(date(due)), date(desk), "{due}");
        }
    }

    #[test]
    fn months_keep_the_day_number_or_end_with_the_month() {
        assert_eq!(plus_months(date("2026-12-31"), 2), date("2027-02-28"));
        assert_eq!(plus_months(date("2027-12-31"), 2), date("2028-02-29"));
        assert_eq!(plus_months(date("2026-02-28"), 2), date("2026-04-28"));
        assert_eq!(plus_months(NaiveDate::MAX, 2), NaiveDate::MAX);
        assert_eq!(plus_days(NaiveDate::MAX, 2), NaiveDate::MAX);
    }

    proptest! {
        #[test]
        fn adding_and_counting_agree(start in any_date(), count in 1_usize..40) {
            let end = add_jours_ouvrables(start, count);
            prop_assert!(is_jour_ouvrable(end));
            prop_assert_eq!(count_jours_ouvrables(start, end), count);
            prop_assert_eq!(count_jours_ouvrables(end, start), 0);
        }

        #[test]
        fn what_is_due_by_today_is_acted_on_today(today in any_date()) {
            let last = due_by(today);
            prop_assert!(act_by(last) <= today);
            prop_assert!(act_by(last.succ_opt().unwrap()) > today);
        }

        #[test]
        fn jours_ouvrables_are_counted_back(today in any_date(), count in 0_usize..40) {
            let ago = jours_ouvrables_ago(today, count);
            prop_assert_eq!(count_jours_ouvrables(ago, today), count);
        }

        #[test]
        fn act_by_is_the_last_day_at_the_desk(due in any_date()) {
            let desk = act_by(due);
            prop_assert!(desk <= due && is_jour_ouvre(desk));
            prop_assert!(desk.iter_days().skip(1).take_while(|d| *d <= due).all(|d| !is_jour_ouvre(d)));
        }
    }
}
