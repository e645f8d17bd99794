//! Instants and dates as the pages of the back office show them.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar::{act_by, days_left, long_date, plain_date};

/// An instant on a page: French words, and the machine's form for `<time>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// `4 mai 2026, 10 h 12`, Paris time.
    pub(crate) words: String,
    /// `2026-05-04T08:12:00Z`.
    pub(crate) machine: String,
}

impl Moment {
    /// Of an instant.
    pub(crate) fn of(at: DateTime<Utc>) -> Self {
        let paris = at.with_timezone(&Paris);
        Self {
            words: format!(
                "{}, {}\u{a0}h\u{a0}{:02}",
                plain_date(paris.date_naive()),
                paris.hour(),
                paris.minute()
            ),
            machine: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }
}

/// A day on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// `vendredi 15 mai 2026`.
    pub(crate) words: String,
    /// `2026-05-15`.
    pub(crate) machine: String,
}

impl Day {
    /// Of a date of the Paris calendar.
    pub(crate) fn of(date: NaiveDate) -> Self {
        Self {
            words: long_date(date),
            machine: date.to_string(),
        }
    }

    /// `ven. 15 mai`, with the year when it is not this one: for lists.
    pub(crate) fn short(date: NaiveDate, today: NaiveDate) -> Self {
        let long = long_date(date);
        let (weekday, rest) = long.split_once(' ').unwrap_or(("", &long));
        let weekday: String = weekday.chars().take(3).collect();
        let year = format!("\u{a0}{}", date.year());
        let rest = if date.year() == today.year() {
            rest.strip_suffix(&year).unwrap_or(rest)
        } else {
            rest
        };
        Self {
            words: format!("{weekday}.\u{a0}{rest}"),
            machine: date.to_string(),
        }
    }
}

/// How long is left before a due date, with the tone of its badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remaining {
    /// `J-3`, `à faire aujourd’hui`, `dernier jour aujourd’hui`, `en retard de 2 jours`.
    pub(crate) words: String,
    /// `ok`, `soon` or `late`.
    pub(crate) tone: &'static str,
}

/// From how many days on a date is close.
const SOON_DAYS: i64 = 3;

impl Remaining {
    /// Before `due`: `J-3` counts to the last day someone is at the desk, being late counts from
    /// the legal date.
    pub(crate) fn before(due: NaiveDate, today: NaiveDate) -> Self {
        let at_desk = days_left(act_by(due), today);
        let (words, tone) = match days_left(due, today) {
            late @ ..=-1 => (
                format!("en retard de {}", days(late.saturating_neg())),
                "late",
            ),
            0 => ("dernier jour aujourd’hui".to_owned(), "soon"),
            _ if at_desk <= 0 => ("à faire aujourd’hui".to_owned(), "soon"),
            _ if at_desk <= SOON_DAYS => (format!("J-{at_desk}"), "soon"),
            _ => (format!("J-{at_desk}"), "ok"),
        };
        Self { words, tone }
    }
}

/// `1 jour`, `12 jours`.
pub(crate) fn days(count: i64) -> String {
    format!("{count}\u{a0}jour{}", if count > 1 { "s" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_is_told_in_paris_time() {
        let at: DateTime<Utc> = "2026-03-31T22:05:00Z".parse().unwrap();
        let moment = Moment::of(at);
        assert_eq!(
            moment.words.replace('\u{a0}', " "),
            "1er avril 2026, 0 h 05"
        );
        assert_eq!(moment.machine, "2026-03-31T22:05:00Z");
    }

    #[test]
    fn a_short_day_names_the_year_when_it_is_another() {
        let today = date("2026-04-30");
        let short = |day: &str| Day::short(date(day), today).words.replace('\u{a0}', " ");
        assert_eq!(short("2026-05-15"), "ven. 15 mai");
        assert_eq!(short("2027-01-01"), "ven. 1er janvier 2027");
    }

    #[test]
    fn what_remains_is_said_in_words_and_in_tone() {
        // Due on Sunday 28 June 2026: the desk acts by Friday 26.
        for (today, words, tone) in [
            ("2026-06-15", "J-11", "ok"),
            ("2026-06-23", "J-3", "soon"),
            ("2026-06-26", "à faire aujourd’hui", "soon"),
            ("2026-06-27", "à faire aujourd’hui", "soon"),
            ("2026-06-28", "dernier jour aujourd’hui", "soon"),
            ("2026-06-29", "en retard de 1 jour", "late"),
            ("2026-06-30", "en retard de 2 jours", "late"),
        ] {
            let left = Remaining::before(date("2026-06-28"), date(today));
            assert_eq!(left.words.replace('\u{a0}', " "), words, "{today}");
            assert_eq!(left.tone, tone, "{today}");
        }
    }
}
