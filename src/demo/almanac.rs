//! The two years of a demonstration: when cases arrive, and when the desk is open.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Paris;

use crate::calendar;

/// An instant with its Paris date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Paris calendar.
    pub(super) on: NaiveDate,
    /// UTC.
    pub(super) at: DateTime<Utc>,
}

/// Every day of the demonstration.
#[derive(Debug)]
pub(super) struct Almanac {
    present: DateTime<Utc>,
    /// Oldest first; the last one is today.
    days: Vec<Day>,
}

#[derive(Clone, Copy, Debug)]
struct Day {
    on: NaiveDate,
    /// Midnight in Paris as noon's offset has it: clocks change at night, when nothing happens here.
    midnight: DateTime<Utc>,
    is_open: bool,
}

/// Days over which cases arrive: two years.
pub(super) const SPREAD_DAYS: u64 = 730;
/// The form receives from 7:00 to 23:00, in minutes.
const AWAKE: (i64, i64) = (7 * 60, 16 * 60);
/// The desk is open from 9:00 to 17:30, in minutes.
const OPEN: (i64, i64) = (9 * 60, 17 * 60 + 30);
/// Parts into which a place among all arrivals is cut.
const PARTS: u64 = 1 << 32;

impl Almanac {
    /// The two years before `present`.
    pub(super) fn until(present: DateTime<Utc>) -> Self {
        let today = calendar::paris_date(present);
        let first = today
            .checked_sub_days(Days::new(SPREAD_DAYS))
            .unwrap_or(today);
        Self {
            present,
            days: first
                .iter_days()
                .take_while(|on| *on <= today)
                .map(Day::of)
                .collect(),
        }
    }

    /// The two years before `today`, its own hours not included: what is told of them is the same
    /// all day long.
    pub(super) fn before(today: NaiveDate) -> Self {
        Self::until(Day::of(today).midnight)
    }

    /// The present: nothing happens later.
    pub(super) const fn present(&self) -> DateTime<Utc> {
        self.present
    }

    /// The first day.
    pub(super) fn first(&self) -> Moment {
        let first = self.days.first();
        let at = first.map_or(self.present, |day| day.midnight);
        Moment {
            on: first.map_or_else(|| calendar::paris_date(at), |day| day.on),
            at,
        }
    }

    /// When the case of this place arrives, `n_cases` in all: later places come later, and more and
    /// more come in as time goes by. `jitter` moves it between its neighbours.
    pub(super) fn arrival(&self, place: u64, n_cases: u64, jitter: u64) -> Moment {
        let n_cases = u128::from(n_cases.max(1));
        let before = u128::from(place) * u128::from(PARTS) + u128::from(jitter % PARTS);
        let left = u128::from(PARTS).saturating_sub(before / n_cases);
        // The age falls as the power 3/2 of what is left: in whole numbers, exact everywhere.
        let age = left * (left << 32_u32).isqrt();
        let minutes_a_day = u128::from(AWAKE.1.unsigned_abs());
        let span = u128::from(SPREAD_DAYS) * minutes_a_day + self.minutes_of_today();
        let minutes = (span * (age >> 32_u32)) >> 32_u32;
        let minutes = span.saturating_sub(minutes).saturating_sub(1);
        let day = usize::try_from(minutes / minutes_a_day).unwrap_or_default();
        let minute = i64::try_from(minutes % minutes_a_day).unwrap_or_default();
        let seconds = TimeDelta::seconds(i64::try_from(jitter % 60).unwrap_or_default());
        let arrived = self.days.get(day).or_else(|| self.days.last());
        let moment = arrived.map(|day| day.at(AWAKE.0 + minute));
        let moment = moment.unwrap_or_else(|| self.first());
        Moment {
            at: moment.at + seconds,
            ..moment
        }
    }

    /// Minutes of today in which something could arrive until now.
    fn minutes_of_today(&self) -> u128 {
        let opened = self
            .days
            .last()
            .map_or(self.present, |day| day.at(AWAKE.0).at);
        let minutes = (self.present - opened).num_minutes().clamp(0, AWAKE.1);
        u128::from(minutes.unsigned_abs())
    }

    /// Days from a moment to the present.
    pub(super) fn age(&self, moment: Moment) -> i64 {
        self.days
            .last()
            .map_or(0, |today| (today.on - moment.on).num_days())
    }

    /// Whether the desk is open at this moment.
    pub(super) fn is_open(&self, moment: Moment) -> bool {
        self.place_of(moment.on)
            .and_then(|place| self.days.get(place))
            .is_some_and(|day| {
                day.is_open && (day.at(OPEN.0).at..day.at(OPEN.1).at).contains(&moment.at)
            })
    }

    /// The first moment at the desk at least `days` after `from`, at `minute` after it opens or
    /// later the same day; none when that is still to come.
    pub(super) fn desk(&self, from: Moment, days: usize, minute: i64) -> Option<Moment> {
        let place = self.place_of(from.on)?.checked_add(days)?;
        let open = self.days.get(place..)?.iter().filter(|day| day.is_open);
        open.map(|day| day.at(OPEN.0 + minute % (OPEN.1 - OPEN.0)))
            .find(|moment| moment.at > from.at)
            .and_then(|moment| self.past(moment))
    }

    /// The moment if it is not still to come.
    pub(super) fn past(&self, moment: Moment) -> Option<Moment> {
        (moment.at <= self.present).then_some(moment)
    }

    fn place_of(&self, on: NaiveDate) -> Option<usize> {
        let first = self.days.first()?;
        usize::try_from((on - first.on).num_days()).ok()
    }
}

impl Day {
    fn of(on: NaiveDate) -> Self {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let noon = on.and_time(noon).and_local_timezone(Paris).earliest();
        let midnight = noon.map_or_else(
            || on.and_time(NaiveTime::MIN).and_utc(),
            |noon| noon.to_utc() - TimeDelta::hours(12),
        );
        Self {
            on,
            midnight,
            is_open: calendar::is_jour_ouvre(on),
        }
    }

    fn at(&self, minute: i64) -> Moment {
        Moment {
            on: self.on,
            at: self.midnight + TimeDelta::minutes(minute),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn almanac() -> Almanac {
        Almanac::until("2026-11-22T22:30:00Z".parse().unwrap())
    }

    #[test]
    fn arrivals_follow_each_other_over_two_years_up_to_now() {
        let almanac = almanac();
        let arrivals: Vec<Moment> = (0..500)
            .map(|place| almanac.arrival(place, 500, place.wrapping_mul(7_919_777)))
            .collect();
        assert!(arrivals.windows(2).all(|pair| pair[0].at <= pair[1].at));
        let (first, last) = (arrivals[0], arrivals[499]);
        assert!(first.on < "2024-11-30".parse().unwrap(), "{first:?}");
        assert!(last.on >= "2026-11-20".parse().unwrap(), "{last:?}");
        assert!(last.at <= almanac.present, "{last:?}");
        for moment in arrivals {
            assert_eq!(calendar::paris_date(moment.at), moment.on, "{moment:?}");
        }
    }

    #[test]
    fn the_desk_is_closed_at_week_ends_and_in_the_future() {
        let almanac = almanac();
        let friday = almanac.desk(almanac.first(), 0, 0).unwrap();
        assert_eq!(friday.on, "2024-11-22".parse().unwrap());
        assert!(almanac.is_open(friday));
        let monday = almanac.desk(friday, 1, 30).unwrap();
        assert_eq!(monday.on, "2024-11-25".parse().unwrap());
        assert_eq!(
            monday.at,
            "2024-11-25T08:30:00Z".parse::<DateTime<Utc>>().unwrap()
        );
        assert_eq!(almanac.desk(friday, 900, 0), None);
    }
}
