//! What people type, bounded: one line, or several.

use unicode_normalization::UnicodeNormalization;
use validator::{ValidateLength, ValidateNonControlCharacter};

/// Why a text is refused. Counts are in Unicode scalar values, PostgreSQL's `char_length`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("nothing was typed")]
    Missing,
    /// Shorter than the least that makes sense.
    #[error("{count} characters, at least {min} are needed")]
    TooShort {
        /// Characters typed.
        count: u64,
        /// Characters needed.
        min: u64,
    },
    /// Longer than what is kept.
    #[error("{count} characters, at most {max} are kept")]
    TooLong {
        /// Characters typed.
        count: u64,
        /// Characters kept.
        max: u64,
    },
    /// NUL or another control character, which PostgreSQL refuses or a reader cannot see.
    #[error("control character at position {position}")]
    ControlCharacter {
        /// Its place in the text, from 1.
        position: u64,
    },
}

/// One line of 1 to `MAX` characters: trimmed, in NFC, without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<const MAX: u64>(String);

impl<const MAX: u64> Line<MAX> {
    /// Reads a line that must be there.
    ///
    /// # Errors
    /// When it is blank, too long, or holds a control character (a line break is one).
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let line: String = typed.trim().nfc().collect();
        // Direction marks would let a name pass for another in a list.
        refuse_controls(
            &line,
            |c| matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'),
        )?;
        if !line.validate_non_control_character() {
            refuse_controls(&line, char::is_control)?;
        }
        check_length(&line, 1, MAX)?;
        Ok(Self(line))
    }

    /// Reads a line that may be left blank.
    ///
    /// # Errors
    /// As [`Self::parse`], blank excepted.
    pub fn optional(typed: &str) -> Result<Option<Self>, TextError> {
        blank_is_none(Self::parse(typed))
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text of `MIN` to `MAX` characters: trimmed, line ends as LF, tabs and line ends allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<const MIN: u64, const MAX: u64>(String);

impl<const MIN: u64, const MAX: u64> Text<MIN, MAX> {
    /// Reads a text that must be there. Browsers send CR LF: it is counted as one character.
    ///
    /// # Errors
    /// When it is blank, too short, too long, or holds a control character.
    pub fn parse(typed: &str) -> Result<Self, TextError> {
        let text = typed.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        refuse_controls(text, |c| c.is_control() && !matches!(c, '\n' | '\t'))?;
        check_length(text, MIN, MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// Reads a text that may be left blank.
    ///
    /// # Errors
    /// As [`Self::parse`], blank excepted.
    pub fn optional(typed: &str) -> Result<Option<Self>, TextError> {
        blank_is_none(Self::parse(typed))
    }

    /// The text, its lines ended by LF.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn blank_is_none<T>(parsed: Result<T, TextError>) -> Result<Option<T>, TextError> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(TextError::Missing) => Ok(None),
        Err(error) => Err(error),
    }
}

fn refuse_controls(text: &str, refused: impl Fn(char) -> bool) -> Result<(), TextError> {
    match (1..).zip(text.chars()).find(|(_, c)| refused(*c)) {
        Some((position, _)) => Err(TextError::ControlCharacter { position }),
        None => Ok(()),
    }
}

fn check_length(text: &str, min: u64, max: u64) -> Result<(), TextError> {
    let count = text.length().unwrap_or_default();
    if count == 0 {
        Err(TextError::Missing)
    } else if !text.validate_length(Some(min), None, None) {
        Err(TextError::TooShort { count, min })
    } else if !text.validate_length(None, Some(max), None) {
        Err(TextError::TooLong { count, max })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_composed_and_counted_in_characters() {
        let name = Line::<4>::parse("  Zoe\u{308} ").unwrap();
        assert_eq!(name.as_str(), "Zoë");
        assert_eq!(Line::<4>::parse("   "), Err(TextError::Missing));
        assert_eq!(Line::<4>::optional(" "), Ok(None));
        assert_eq!(
            Line::<4>::parse("ééééé"),
            Err(TextError::TooLong { count: 5, max: 4 })
        );
    }

    #[test]
    fn control_and_direction_characters_are_refused_with_their_place() {
        for typed in ["ab\0c", "ab\nc", "ab\u{1b}c", "ab\u{202e}c", "ab\u{92}c"] {
            let refused = Err(TextError::ControlCharacter { position: 3 });
            assert_eq!(Line::<9>::parse(typed), refused, "{typed:?}");
        }
        let refused = Err(TextError::ControlCharacter { position: 2 });
        assert_eq!(Text::<1, 9>::parse("a\0"), refused);
    }

    #[test]
    fn line_ends_of_a_browser_count_once() {
        let text = Text::<1, 4>::parse("a\r\nb\rc").unwrap_err();
        assert_eq!(text, TextError::TooLong { count: 5, max: 4 });
        assert_eq!(
            Text::<1, 5>::parse("a\r\nb\tc\r\n").unwrap().as_str(),
            "a\nb\tc"
        );
        assert_eq!(
            Text::<5, 9>::parse("abc"),
            Err(TextError::TooShort { count: 3, min: 5 })
        );
    }
}
