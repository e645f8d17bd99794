//! The eleven national holidays (Code du travail, L.3133-1), computed for any year.

use chrono::{Datelike, Days, NaiveDate};

/// A national holiday. Those of Alsace-Moselle and overseas are left out: the firm is in Paris,
/// and they would only lengthen a delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 8 May.
    Victory1945,
    /// The 39th day after Easter, a Thursday.
    Ascension,
    /// The 50th day after Easter.
    WhitMonday,
    /// 14 July.
    NationalDay,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice1918,
    /// 25 December.
    Christmas,
}

impl Holiday {
    /// Every holiday, in the usual order of the year.
    pub const ALL: [Self; 11] = [
        Self::NewYear,
        Self::EasterMonday,
        Self::LabourDay,
        Self::Victory1945,
        Self::Ascension,
        Self::WhitMonday,
        Self::NationalDay,
        Self::Assumption,
        Self::AllSaints,
        Self::Armistice1918,
        Self::Christmas,
    ];

    /// Its French name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewYear => "1er janvier",
            Self::EasterMonday => "Lundi de Pâques",
            Self::LabourDay => "1er mai",
            Self::Victory1945 => "8 mai",
            Self::Ascension => "Ascension",
            Self::WhitMonday => "Lundi de Pentecôte",
            Self::NationalDay => "14 juillet",
            Self::Assumption => "Assomption",
            Self::AllSaints => "Toussaint",
            Self::Armistice1918 => "11 novembre",
            Self::Christmas => "Jour de Noël",
        }
    }

    /// Its date in `year`; none only for a year beyond what chrono can hold.
    pub fn date_in(self, year: i32) -> Option<NaiveDate> {
        let after_easter = |days| easter_sunday(year)?.checked_add_days(Days::new(days));
        match self {
            Self::NewYear => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::EasterMonday => after_easter(1),
            Self::LabourDay => NaiveDate::from_ymd_opt(year, 5, 1),
            Self::Victory1945 => NaiveDate::from_ymd_opt(year, 5, 8),
            Self::Ascension => after_easter(39),
            Self::WhitMonday => after_easter(50),
            Self::NationalDay => NaiveDate::from_ymd_opt(year, 7, 14),
            Self::Assumption => NaiveDate::from_ymd_opt(year, 8, 15),
            Self::AllSaints => NaiveDate::from_ymd_opt(year, 11, 1),
            Self::Armistice1918 => NaiveDate::from_ymd_opt(year, 11, 11),
            Self::Christmas => NaiveDate::from_ymd_opt(year, 12, 25),
        }
    }
}

/// The holidays of `year` by date. Eleven names, but two may share a date (1er mai and Ascension
/// in 2008, 8 mai and Ascension in 1997 and 2059): count dates, never names.
pub fn holidays_of(year: i32) -> Vec<(NaiveDate, Holiday)> {
    let mut holidays: Vec<_> = Holiday::ALL
        .into_iter()
        .filter_map(|holiday| Some((holiday.date_in(year)?, holiday)))
        .collect();
    holidays.sort_by_key(|(date, _)| *date);
    holidays
}

/// The holidays that fall on `date`: none, one, or two.
pub fn holidays_on(date: NaiveDate) -> Vec<Holiday> {
    Holiday::ALL
        .into_iter()
        .filter(|holiday| holiday.date_in(date.year()) == Some(date))
        .collect()
}

/// Easter of `year` by the anonymous Gregorian algorithm (Meeus).
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let in_century = year.rem_euclid(100);
    let lunar_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - lunar_shift + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late_correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let month_and_day = epact + to_sunday - 7 * late_correction + 114;
    let month = u32::try_from(month_and_day / 31).ok()?;
    let day = u32::try_from(month_and_day % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Easter by Clavius's tables, as Knuth gives them (The Art of Computer Programming, 1.3.2):
    /// the Sunday after the computed full moon, another road than Meeus's.
    fn easter_of_clavius(year: i32) -> NaiveDate {
        let golden = year % 19 + 1;
        let century = year / 100 + 1;
        let dropped_leap_years = 3 * century / 4 - 12;
        let moon_correction = (8 * century + 5) / 25 - 5;
        let sunday = 5 * year / 4 - dropped_leap_years - 10;
        let mut epact = (11 * golden + 20 + moon_correction - dropped_leap_years).rem_euclid(30);
        if (epact == 25 && golden > 11) || epact == 24 {
            epact += 1;
        }
        let mut full_moon = 44 - epact;
        if full_moon < 21 {
            full_moon += 30;
        }
        let easter = full_moon + 7 - (sunday + full_moon) % 7;
        let march_1 = NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
        march_1 + Days::new(u64::try_from(easter - 1).unwrap())
    }

    #[test]
    fn easter_agrees_with_clavius_over_two_thousand_years() {
        for year in 1583..=3600 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter, easter_of_clavius(year), "{year}");
            assert_eq!(easter.weekday(), Weekday::Sun, "{year}");
        }
        assert_eq!(easter_sunday(2026), Some(date("2026-04-05")));
        assert_eq!(easter_sunday(2038), Some(date("2038-04-25")));
    }

    #[test]
    fn two_holidays_may_share_a_date() {
        for (day, names) in [
            ("2008-05-01", [Holiday::LabourDay, Holiday::Ascension]),
            ("1997-05-08", [Holiday::Victory1945, Holiday::Ascension]),
            ("2059-05-08", [Holiday::Victory1945, Holiday::Ascension]),
        ] {
            assert_eq!(holidays_on(date(day)), names, "{day}");
        }
        assert_eq!(holidays_on(date("2026-05-09")), []);
    }

    #[test]
    fn holidays_come_in_the_order_of_the_year() {
        for year in 1970..=2200 {
            let holidays = holidays_of(year);
            assert_eq!(holidays.len(), 11, "{year}");
            assert!(holidays.is_sorted_by_key(|(date, _)| *date), "{year}");
        }
    }
}
