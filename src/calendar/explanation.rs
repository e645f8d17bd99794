//! A date that explains itself: each rule computes its date and says how, in one function.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar::days::{jours_ouvrables_after, plus_days, plus_months};
use crate::calendar::words::{NBSP, day_list, enumeration, month_and_year, weekday};
use crate::calendar::{holidays_on, is_jour_ouvrable, long_date};

/// A computed date and why it is that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The date, Paris calendar.
    pub date: NaiveDate,
    /// How it was found.
    pub explanation: Explanation,
}

/// How a date was found: the day it starts from, the rule, the days counted and passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    departure: Departure,
    rule: Rule,
    /// Where the rule is written, in French; none for a rule of our own.
    source: Option<&'static str>,
    end: NaiveDate,
}

/// The event a delay starts from; its own day does not count (Code de procédure civile, 641).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Departure {
    pub(super) on: NaiveDate,
    /// In French, after the date: `date du premier écrit`.
    pub(super) event: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    JoursOuvrables(Vec<NaiveDate>),
    Days(u64),
    Months(u32),
    EarlierOf {
        days: NaiveDate,
        months: Box<Explained>,
    },
}

impl Explained {
    /// The `count`-th *jour ouvrable* after the departure.
    pub(super) fn jours_ouvrables(from: Departure, count: usize, source: &'static str) -> Self {
        let counted = jours_ouvrables_after(from.on, count);
        let date = counted.last().copied().unwrap_or(from.on);
        Self::new(from, Rule::JoursOuvrables(counted), Some(source), date)
    }

    /// `count` calendar days after the departure, each counted.
    pub(super) fn days(from: Departure, count: u64, source: &'static str) -> Self {
        Self::new(
            from,
            Rule::Days(count),
            Some(source),
            plus_days(from.on, count),
        )
    }

    /// `count` calendar months after the departure: same day number, else last day of the month.
    pub(super) fn months(from: Departure, count: u32, source: &'static str) -> Self {
        Self::new(
            from,
            Rule::Months(count),
            Some(source),
            plus_months(from.on, count),
        )
    }

    /// The earlier of two dates with the same departure.
    pub(super) fn earlier_of(days: &Self, months: &Self) -> Self {
        let rule = Rule::EarlierOf {
            days: days.date,
            months: Box::new(months.clone()),
        };
        let date = days.date.min(months.date);
        Self::new(days.explanation.departure, rule, None, date)
    }

    fn new(
        departure: Departure,
        rule: Rule,
        source: Option<&'static str>,
        date: NaiveDate,
    ) -> Self {
        let explanation = Explanation {
            departure,
            rule,
            source,
            end: date,
        };
        Self { date, explanation }
    }
}

impl Explanation {
    /// The day it starts from.
    pub const fn starts_on(&self) -> NaiveDate {
        self.departure.on
    }

    /// The days counted one by one (*jours ouvrables*); empty for days and months in a row.
    pub fn counted(&self) -> &[NaiveDate] {
        match &self.rule {
            Rule::JoursOuvrables(counted) => counted,
            Rule::Days(_) | Rule::Months(_) | Rule::EarlierOf { .. } => &[],
        }
    }

    /// The Sundays and holidays passed over while counting *jours ouvrables*.
    pub fn skipped(&self) -> Vec<NaiveDate> {
        match &self.rule {
            Rule::JoursOuvrables(_) => self
                .departure
                .on
                .iter_days()
                .skip(1)
                .take_while(|day| *day < self.end)
                .filter(|day| !is_jour_ouvrable(*day))
                .collect(),
            Rule::Days(_) | Rule::Months(_) | Rule::EarlierOf { .. } => Vec::new(),
        }
    }

    /// The explanation in French sentences, one per line, the same wherever it is shown.
    pub fn sentences(&self) -> Vec<String> {
        let mut lines = vec![
            format!(
                "Départ\u{202f}: {}, {} (ce jour ne compte pas).",
                long_date(self.departure.on),
                self.departure.event
            ),
            self.rule_sentence(),
        ];
        if !self.counted().is_empty() {
            lines.push(format!(
                "Jours comptés\u{202f}: {}.",
                day_list(self.counted())
            ));
        }
        let skipped: Vec<String> = self.skipped().into_iter().map(skipped_day).collect();
        if !skipped.is_empty() {
            lines.push(format!(
                "Ne sont pas comptés\u{202f}: {}.",
                enumeration(&skipped)
            ));
        }
        lines.extend(self.short_month());
        lines.extend(self.not_moved());
        lines
    }

    fn rule_sentence(&self) -> String {
        let rule = self.rule_words();
        match self.source {
            Some(source) => format!("Règle\u{202f}: {rule} ({source})."),
            None => format!("Règle\u{202f}: {rule}."),
        }
    }

    fn rule_words(&self) -> String {
        match &self.rule {
            Rule::JoursOuvrables(counted) => format!(
                "{}{NBSP}jours ouvrables, du lundi au samedi, hors dimanches et jours fériés",
                counted.len()
            ),
            Rule::Days(count) => {
                format!("{count}{NBSP}jours, tous comptés, dimanches et jours fériés compris")
            }
            Rule::Months(count) => format!("{count}{NBSP}mois, de date à date"),
            Rule::EarlierOf { days, months } => format!(
                "la plus proche de deux dates, {} (60{NBSP}jours) ou {} (2{NBSP}mois)",
                long_date(*days),
                long_date(months.date)
            ),
        }
    }

    /// Where a month has no such day: `Il n’y a pas de 30 février 2026`.
    fn short_month(&self) -> Option<String> {
        let wanted = self.departure.on.day();
        match &self.rule {
            Rule::EarlierOf { months, .. } => months.explanation.short_month(),
            Rule::Months(_) if self.end.day() != wanted => Some(format!(
                "Il n’y a pas de {wanted}{NBSP}{}\u{202f}: le délai finit le dernier jour du mois.",
                month_and_year(self.end)
            )),
            Rule::Months(_) | Rule::JoursOuvrables(_) | Rule::Days(_) => None,
        }
    }

    /// A date that falls on a Saturday, a Sunday or a holiday stays where it is (R49–R50).
    fn not_moved(&self) -> Option<String> {
        let day = match self.end.weekday() {
            _ if !holidays_on(self.end).is_empty() => format!("jour férié ({})", names(self.end)),
            Weekday::Sat if !self.counted().is_empty() => "samedi, jour ouvrable".to_owned(),
            Weekday::Sat | Weekday::Sun => weekday(self.end).to_owned(),
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => {
                return None;
            }
        };
        Some(format!(
            "Le délai finit un {day}\u{202f}: la date n’est pas reportée."
        ))
    }
}

/// `dimanche 3 mai 2026`, `jeudi 14 mai 2026 (férié, Ascension)`.
fn skipped_day(day: NaiveDate) -> String {
    if holidays_on(day).is_empty() {
        long_date(day)
    } else {
        format!("{} (férié, {})", long_date(day), names(day))
    }
}

/// The names of the holidays of a day: `8 mai et Ascension`.
fn names(day: NaiveDate) -> String {
    let names: Vec<String> = holidays_on(day)
        .into_iter()
        .map(|holiday| holiday.name().to_owned())
        .collect();
    enumeration(&names)
}
