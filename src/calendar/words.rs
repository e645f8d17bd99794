//! Dates and delays in French words, with the no-break spaces of French typography.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{act_by, days_left};

/// No-break space: inside a date, between a number and its unit.
pub(super) const NBSP: char = '\u{a0}';

/// `vendredi 15 mai 2026`; the first day of a month is `1er`.
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {}", weekday(date), plain_date(date))
}

/// `15 mai 2026`, without the day of the week.
pub fn plain_date(date: NaiveDate) -> String {
    format!("{}{NBSP}{}", day_number(date), month_and_year(date))
}

/// How long is left, never shown without the date itself (R54): `il reste 23 jours`,
/// `dernier jour aujourd’hui`, `dépassé depuis 2 jours`. Calendar days to the legal date.
pub fn days_left_words(due: NaiveDate, today: NaiveDate) -> String {
    match days_left(due, today) {
        0 => "dernier jour aujourd’hui".to_owned(),
        left @ 1.. => format!("il reste {}", days_count(left)),
        late => format!("dépassé depuis {}", days_count(late.saturating_neg())),
    }
}

/// The same in a glance, for lists: `J-3` counts to the last day someone is at the desk
/// ([`act_by`]); `J` on that day and until the due date; `J+2` once overdue by two days.
pub fn countdown(due: NaiveDate, today: NaiveDate) -> String {
    let late = days_left(today, due);
    let left = days_left(act_by(due), today);
    if late > 0 {
        format!("J+{late}")
    } else if left > 0 {
        format!("J-{left}")
    } else {
        "J".to_owned()
    }
}

/// `1 jour`, `23 jours`.
fn days_count(days: i64) -> String {
    format!("{days}{NBSP}jour{}", if days > 1 { "s" } else { "" })
}

/// Dates of ascending order, months told once: `30 avril, 2 et 4 mai 2026`.
pub(super) fn day_list(dates: &[NaiveDate]) -> String {
    let months: Vec<String> = dates
        .chunk_by(|a, b| (a.year(), a.month()) == (b.year(), b.month()))
        .filter_map(|month| {
            let numbers: Vec<String> = month.iter().copied().map(day_number).collect();
            let name = month_and_year(*month.first()?);
            Some(format!("{}{NBSP}{name}", enumeration(&numbers)))
        })
        .collect();
    months.join(", puis ")
}

/// `a, b et c`.
pub(super) fn enumeration(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} et {last}", before.join(", ")),
    }
}

fn day_number(date: NaiveDate) -> String {
    match date.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    }
}

/// `mai 2026`.
pub(super) fn month_and_year(date: NaiveDate) -> String {
    const NAMES: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let index = usize::try_from(date.month0()).unwrap_or_default();
    let name = NAMES.get(index).copied().unwrap_or_default();
    format!("{name}{NBSP}{}", date.year())
}

/// `vendredi`.
pub(super) fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        chrono::Weekday::Mon => "lundi",
        chrono::Weekday::Tue => "mardi",
        chrono::Weekday::Wed => "mercredi",
        chrono::Weekday::Thu => "jeudi",
        chrono::Weekday::Fri => "vendredi",
        chrono::Weekday::Sat => "samedi",
        chrono::Weekday::Sun => "dimanche",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_read_as_in_a_letter() {
        let read = |day: &str| long_date(date(day));
        assert_eq!(read("2026-05-15"), "vendredi 15\u{a0}mai\u{a0}2026");
        assert_eq!(read("2026-08-01"), "samedi 1er\u{a0}août\u{a0}2026");
        assert_eq!(plain_date(date("2027-02-28")), "28\u{a0}février\u{a0}2027");
    }

    #[test]
    fn days_are_listed_by_month() {
        let list = |days: &[&str]| {
            let dates: Vec<_> = days.iter().map(|day| date(day)).collect();
            day_list(&dates).replace(NBSP, " ")
        };
        assert_eq!(list(&["2026-05-02"]), "2 mai 2026");
        assert_eq!(
            list(&["2026-05-01", "2026-05-04", "2026-05-05"]),
            "1er, 4 et 5 mai 2026"
        );
        assert_eq!(
            list(&["2025-12-30", "2025-12-31", "2026-01-02"]),
            "30 et 31 décembre 2025, puis 2 janvier 2026"
        );
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn what_is_left_is_said_in_words_and_in_a_glance() {
        // Due on Saturday 26 September 2026: the desk acts by Friday 25.
        for (today, words, glance) in [
            ("2026-09-03", "il reste 23 jours", "J-22"),
            ("2026-09-24", "il reste 2 jours", "J-1"),
            ("2026-09-25", "il reste 1 jour", "J"),
            ("2026-09-26", "dernier jour aujourd’hui", "J"),
            ("2026-09-27", "dépassé depuis 1 jour", "J+1"),
            ("2026-09-28", "dépassé depuis 2 jours", "J+2"),
        ] {
            let (due, today) = (date("2026-09-26"), date(today));
            assert_eq!(days_left_words(due, today).replace(NBSP, " "), words);
            assert_eq!(countdown(due, today), glance, "{today}");
        }
    }
}
