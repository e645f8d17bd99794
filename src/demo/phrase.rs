//! A French phrase with blanks: a date, a town, an amount. The same blank holds the same value all
//! through one case.

use std::fmt::Write;

use chrono::NaiveDate;

/// What fills the blanks of one case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blanks<'a> {
    /// `{jour}`: the day it happened, in words.
    pub(super) day: &'a str,
    /// `{avant}`: a day well before.
    pub(super) before: &'a str,
    /// `{depuis}`: the time since that day.
    pub(super) since: &'a str,
    /// `{ville}`: a town.
    pub(super) town: &'a str,
    /// Chooses the numbers.
    pub(super) salt: u64,
}

/// A phrase, read once.
#[derive(Clone, Debug)]
pub(super) struct Phrase(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    Day,
    Before,
    Since,
    Town,
    /// `{n2-5}`: a number of the range.
    Number(u64, u64),
    /// `{€120-900}`: an amount of the range.
    Euros(u64, u64),
}

impl Phrase {
    /// Reads a phrase; a blank that is none of ours stays as it is written, and a test sees to it
    /// that there is none.
    pub(super) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, after)) = rest.split_once('{') {
            pieces.push(Piece::Words(french(words)));
            let (blank, after) = after.split_once('}').unwrap_or((after, ""));
            pieces.push(Piece::parse(blank));
            rest = after;
        }
        pieces.push(Piece::Words(french(rest)));
        Self(pieces)
    }

    /// The phrase with its blanks filled.
    pub(super) fn fill(&self, blanks: &Blanks<'_>) -> String {
        let mut text = String::with_capacity(600);
        self.fill_into(blanks, &mut text);
        text
    }

    /// Adds the phrase with its blanks filled.
    pub(super) fn fill_into(&self, blanks: &Blanks<'_>, text: &mut String) {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Day => text.push_str(blanks.day),
                Piece::Before => text.push_str(blanks.before),
                Piece::Since => text.push_str(blanks.since),
                Piece::Town => text.push_str(blanks.town),
                Piece::Number(low, high) => text.push_str(&drawn(blanks, *low, *high).to_string()),
                Piece::Euros(low, high) => push_euros(text, drawn(blanks, *low, *high)),
            }
        }
    }

    /// Whether a blank was not understood.
    #[cfg(test)]
    pub(super) fn is_clean(&self) -> bool {
        self.0.iter().all(|piece| match piece {
            Piece::Words(words) => !words.contains(['{', '}', '\'']),
            Piece::Number(low, high) | Piece::Euros(low, high) => low < high,
            Piece::Day | Piece::Before | Piece::Since | Piece::Town => true,
        })
    }
}

impl Piece {
    fn parse(blank: &str) -> Self {
        let range = |bounds: &str| {
            let (low, high) = bounds.split_once('-')?;
            Some((low.parse().ok()?, high.parse().ok()?))
        };
        let ranged = |mark: char| blank.strip_prefix(mark).and_then(range);
        match (blank, ranged('n'), ranged('€')) {
            ("jour", ..) => Self::Day,
            ("avant", ..) => Self::Before,
            ("depuis", ..) => Self::Since,
            ("ville", ..) => Self::Town,
            (_, Some((low, high)), _) => Self::Number(low, high),
            (_, _, Some((low, high))) => Self::Euros(low, high),
            _ => Self::Words(format!("{{{blank}}}")),
        }
    }
}

/// The number of a range in this case: always the same.
fn drawn(blanks: &Blanks<'_>, low: u64, high: u64) -> u64 {
    let mixed = blanks
        .salt
        .wrapping_add(low.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_add(high.wrapping_mul(0xbf58_476d_1ce4_e5b9));
    let span = high.saturating_sub(low).saturating_add(1);
    low.saturating_add(
        (mixed ^ (mixed >> 29))
            .checked_rem(span)
            .unwrap_or_default(),
    )
}

/// `1 240 €`, with its no-break spaces.
fn push_euros(text: &mut String, amount: u64) {
    let (thousands, rest) = (amount / 1_000, amount % 1_000);
    let written = match thousands {
        0 => write!(text, "{rest}\u{a0}€"),
        _ => write!(text, "{thousands}\u{202f}{rest:03}\u{a0}€"),
    };
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
}

/// `15 mai 2026`, as the calendar writes it.
pub(super) fn day_words(date: NaiveDate) -> String {
    crate::calendar::plain_date(date)
}

/// French typography, for phrases typed with plain spaces and straight apostrophes.
pub(super) fn french(typed: &str) -> String {
    let mut text = typed.replace('\'', "’");
    for (plain, dressed) in [
        (" ;", "\u{202f};"),
        (" :", "\u{202f}:"),
        (" !", "\u{202f}!"),
        (" ?", "\u{202f}?"),
        ("« ", "«\u{202f}"),
        (" »", "\u{202f}»"),
        (" €", "\u{a0}€"),
        (" %", "\u{a0}%"),
        (" m²", "\u{a0}m²"),
    ] {
        text = text.replace(plain, dressed);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLANKS: Blanks<'_> = Blanks {
        day: "3 mars",
        before: "1er janvier",
        since: "3 semaines",
        town: "Brest",
        salt: 12,
    };

    #[test]
    fn blanks_are_filled_and_hold_their_value() {
        let phrase = Phrase::parse("À {ville} le {jour}, {€1200-1200} et {n2-2} fois : d'accord ?");
        let filled = phrase.fill(&BLANKS);
        assert_eq!(
            filled,
            "À Brest le 3 mars, 1\u{202f}200\u{a0}€ et 2 fois\u{202f}: d’accord\u{202f}?"
        );
        let twice = Phrase::parse("{€10-99999} {€10-99999}").fill(&BLANKS);
        let (first, second) = twice.split_once(' ').unwrap();
        assert_eq!(first, second);
    }
}
