//! What was typed for a setting, parsed once: the canonical text that is kept.

use crate::mail::AsciiAddress;
use crate::settings::{Key, Kind};

/// The value of a setting, in the one form in which it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value(String);

/// Why a value cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Nothing was given, and the program cannot do without.
    #[error("missing")]
    Missing,
    /// Longer than [`Kind::LONGEST`] characters.
    #[error("too long: {0} characters")]
    TooLong(usize),
    /// A character that no line holds.
    #[error("a control character")]
    ControlCharacter,
    /// Not an ASCII e-mail address.
    #[error("not an ASCII e-mail address")]
    NotAnAddress,
    /// Not a whole number from 1 to [`Kind::MOST_DAYS`].
    #[error("not a number of days")]
    NotDays,
    /// Not a whole number from 1 to [`Kind::MOST_MONTHS`].
    #[error("not a number of months")]
    NotMonths,
    /// Neither on nor off.
    #[error("neither on nor off")]
    NotASwitch,
}

impl Value {
    /// « On », as kept.
    pub const ON: &'static str = "on";
    /// « Off », as kept.
    pub const OFF: &'static str = "off";

    /// The value typed for `key`; blank is none.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn parse(key: Key, typed: &str) -> Result<Option<Self>, ValueError> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return if key.can_be_missing() {
                Ok(None)
            } else {
                Err(ValueError::Missing)
            };
        }
        if text.chars().any(char::is_control) {
            return Err(ValueError::ControlCharacter);
        }
        let count = text.chars().count();
        if count > Kind::LONGEST {
            return Err(ValueError::TooLong(count));
        }
        canonical(key.kind(), text).map(|text| Some(Self(text)))
    }

    /// The text kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn canonical(kind: Kind, text: String) -> Result<String, ValueError> {
    match kind {
        Kind::Line => Ok(text),
        Kind::Address => AsciiAddress::parse(&text)
            .map(|address| address.as_str().to_owned())
            .map_err(|_refused| ValueError::NotAnAddress),
        Kind::Days => match text.parse() {
            Ok(days @ 1..=Kind::MOST_DAYS) => Ok(days.to_string()),
            Ok(_) | Err(_) => Err(ValueError::NotDays),
        },
        Kind::Months => match text.parse() {
            Ok(months @ 1..=Kind::MOST_MONTHS) => Ok(months.to_string()),
            Ok(_) | Err(_) => Err(ValueError::NotMonths),
        },
        Kind::Switch if text == Value::ON || text == Value::OFF => Ok(text),
        Kind::Switch => Err(ValueError::NotASwitch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(key: Key, typed: &str) -> Result<Option<String>, ValueError> {
        Value::parse(key, typed).map(|value| value.map(|value| value.0))
    }

    #[test]
    fn a_line_is_trimmed_and_may_be_taken_back() {
        assert_eq!(
            kept(Key::Rcs, "  RCS  Paris "),
            Ok(Some("RCS Paris".to_owned()))
        );
        assert_eq!(kept(Key::Rcs, " \n "), Ok(None));
        assert_eq!(
            kept(Key::Rcs, &"é".repeat(501)),
            Err(ValueError::TooLong(501))
        );
        assert_eq!(kept(Key::Rcs, "a\u{0}b"), Err(ValueError::ControlCharacter));
    }

    #[test]
    fn a_target_is_a_number_of_days_within_bounds() {
        assert_eq!(kept(Key::RequestTarget, " 05 "), Ok(Some("5".to_owned())));
        for typed in ["0", "61", "-1", "cinq", "5,5"] {
            assert_eq!(
                kept(Key::RequestTarget, typed),
                Err(ValueError::NotDays),
                "{typed}"
            );
        }
        assert_eq!(kept(Key::RequestTarget, ""), Err(ValueError::Missing));
    }

    #[test]
    fn an_address_of_automatic_mail_is_ascii() {
        let kept_address = kept(Key::CustomerService, "contact@example.org");
        assert_eq!(kept_address, Ok(Some("contact@example.org".to_owned())));
        for typed in ["Réclamation@asekkey.fr", "nobody", "a@b@c"] {
            assert_eq!(
                kept(Key::ComplaintsAlias, typed),
                Err(ValueError::NotAnAddress)
            );
        }
    }

    #[test]
    fn a_switch_is_on_or_off() {
        assert_eq!(kept(Key::SecondReader, "off"), Ok(Some("off".to_owned())));
        assert_eq!(kept(Key::SecondReader, "oui"), Err(ValueError::NotASwitch));
    }
}
