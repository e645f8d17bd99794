//! Dates as they are typed.

use chrono::{Datelike, NaiveDate};

/// First year accepted. A date before it is a slip of the keyboard, not a complaint of today's.
pub const FIRST_YEAR: i32 = 1970;
/// Last year accepted: far beyond any case, near enough that no computed date leaves the calendar.
pub const LAST_YEAR: i32 = 2200;

/// Why a typed date was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written in an accepted form.
    #[error("expected a date as YYYY-MM-DD")]
    Form,
    /// Well written, but no such day: 30 February.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// Outside [`FIRST_YEAR`] to [`LAST_YEAR`].
    #[error("the year must be from {FIRST_YEAR} to {LAST_YEAR}")]
    Range,
}

/// Reads `YYYY-MM-DD`, exactly: what the command line takes and browsers send.
///
/// # Errors
/// Another form, a day that does not exist, or a year out of range.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2]).ok_or(DateError::Form)?;
    day_of(year, month, day)
}

/// Reads a date as people in France type it: `30/04/2026`, `30.4.2026`, `30 04 2026`, or
/// `2026-04-30`; spaces around are ignored.
///
/// # Errors
/// Another form, a day that does not exist, or a year out of range.
pub fn parse_typed_date(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    if let Some([year, month, day]) = numbers(text, '-', [4, 2, 2]) {
        return day_of(year, month, day);
    }
    let [day, month, year] = ['/', '.', '-', ' ', '\u{a0}']
        .into_iter()
        .find_map(|separator| numbers(text, separator, [2, 2, 4]))
        .ok_or(DateError::Form)?;
    day_of(year, month, day)
}

/// Three numbers between `separator`s, with at most that many digits each; a year has exactly
/// four, so that `26` is never taken for the year 26.
fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[u32; 3]> {
    let strict = separator == '-' && widths == [4, 2, 2];
    let mut parts = text.split(separator);
    let mut found = [0; 3];
    for (number, width) in found.iter_mut().zip(widths) {
        let part = parts.next()?;
        let exact = strict || width == 4;
        let fits = part.len() == width || (!exact && part.len() == 1);
        if !fits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// The day of these numbers, if it exists in an accepted year.
fn day_of(year: u32, month: u32, day: u32) -> Result<NaiveDate, DateError> {
    let date = i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(DateError::NoSuchDay)?;
    if (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
        Ok(date)
    } else {
        Err(DateError::Range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strict_form_is_exact() {
        assert_eq!(parse_date("2026-04-30"), Ok("2026-04-30".parse().unwrap()));
        for refused in [
            "",
            "2026-4-30",
            "+2026-04-30",
            "2026-04-30 ",
            "30/04/2026",
            "20260430",
            "2026-04-30T00:00",
            "２０２６-04-30",
            "2026-04-3é",
            "2026-04-30-1",
            "26-04-30",
            "\0",
        ] {
            assert_eq!(parse_date(refused), Err(DateError::Form), "{refused:?}");
        }
        for absent in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31"] {
            assert_eq!(parse_date(absent), Err(DateError::NoSuchDay), "{absent}");
        }
        for far in ["1969-12-31", "2201-01-01", "0026-04-30", "9999-12-31"] {
            assert_eq!(parse_date(far), Err(DateError::Range), "{far}");
        }
        assert!(parse_date("1970-01-01").is_ok() && parse_date("2200-12-31").is_ok());
    }

    #[test]
    fn french_habits_are_read() {
        let expected = Ok("2026-04-30".parse().unwrap());
        for typed in [
            "30/04/2026",
            " 30/4/2026 ",
            "30.04.2026",
            "30-04-2026",
            "30 04 2026",
            "2026-04-30",
        ] {
            assert_eq!(parse_typed_date(typed), expected, "{typed}");
        }
        assert_eq!(
            parse_typed_date("1/5/2026"),
            Ok("2026-05-01".parse().unwrap())
        );
        for refused in [
            "",
            "30/04",
            "30/04/26",
            "30 avril 2026",
            "04/30/2026/1",
            "30//2026",
        ] {
            assert_eq!(parse_typed_date(refused), Err(DateError::Form), "{refused}");
        }
        assert_eq!(parse_typed_date("04/30/2026"), Err(DateError::NoSuchDay));
        assert_eq!(parse_typed_date("30/04/1926"), Err(DateError::Range));
    }
}
