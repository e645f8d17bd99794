//! What someone looks for, as a query that PostgreSQL takes whatever was typed.

use unicode_normalization::UnicodeNormalization;

/// Words to look for; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked(String);

impl Asked {
    /// Words beyond these are left out.
    pub const MAX_WORDS: usize = 8;
    /// Letters of a word beyond these are left out.
    const MAX_LETTERS: usize = 40;
    /// From so many letters on, the last word is taken for the beginning of one. Shorter ones would
    /// stand for thousands of words.
    const BEGINNING_LETTERS: usize = 4;

    /// Reads what was typed: every word must be found, whatever stands between them. None without
    /// a letter or a digit.
    pub fn parse(typed: &str) -> Option<Self> {
        let composed: String = typed.nfc().collect();
        let words: Vec<String> = composed
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| word.chars().take(Self::MAX_LETTERS).collect())
            .take(Self::MAX_WORDS)
            .collect();
        let last = words.last()?;
        let is_unfinished = composed.ends_with(char::is_alphanumeric)
            && last.chars().count() >= Self::BEGINNING_LETTERS;
        let mut query = String::new();
        for word in &words {
            if !query.is_empty() {
                query.push_str(" & ");
            }
            // Between quotes nothing but a quote or a backslash means anything, and a word has none.
            query.push('\'');
            query.push_str(word);
            query.push('\'');
        }
        if is_unfinished {
            query.push_str(":*");
        }
        Some(Self(query))
    }

    /// As `to_tsquery` reads it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> String {
        Asked::parse(typed).unwrap().0
    }

    #[test]
    fn every_word_counts_and_the_last_one_may_be_unfinished() {
        assert_eq!(asked("Lefèvre  voitu"), "'Lefèvre' & 'voitu':*");
        assert_eq!(asked("Lefèvre voiture "), "'Lefèvre' & 'voiture'");
        assert_eq!(asked("vol"), "'vol'");
        assert_eq!(
            asked("l’AB-123/456, j.d@example.org"),
            "'l' & 'AB' & '123' & '456' & 'j' & 'd' & 'example' & 'org'"
        );
        assert_eq!(asked("e\u{301}te\u{301}"), "'été'");
    }

    #[test]
    fn nothing_typed_can_be_anything_but_words() {
        assert_eq!(asked("a' | !b:* <-> (\\c"), "'a' & 'b' & 'c'");
        for nothing in ["", " ", "'", "&|!():*", "«\u{202f}»", "\0", "…"] {
            assert_eq!(Asked::parse(nothing), None, "{nothing:?}");
        }
        let long = format!("{}{}", "mot ".repeat(100), "x".repeat(100));
        assert_eq!(asked(&long).matches('&').count(), Asked::MAX_WORDS - 1);
        assert_eq!(asked(&"x".repeat(100)), format!("'{}':*", "x".repeat(40)));
    }
}
