//! The e-mail address and the name of a member of staff, parsed.

use lettre::Address;
use unicode_normalization::UnicodeNormalization;
use validator::ValidateEmail;

/// An e-mail address that signs in: NFC, lower case, 6 to 254 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffEmail(String);

/// Why an address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffEmailError {
    /// Nothing was typed.
    #[error("no e-mail address")]
    Empty,
    /// Not the form of an address.
    #[error("not an e-mail address")]
    Malformed,
}

impl StaffEmail {
    /// Longest address, in characters.
    pub const MAX_CHARS: usize = 254;

    /// Takes an address as typed.
    ///
    /// # Errors
    /// When it is empty or is no address.
    pub fn parse(typed: &str) -> Result<Self, StaffEmailError> {
        let text: String = typed.trim().nfc().collect::<String>().to_lowercase();
        if text.is_empty() {
            return Err(StaffEmailError::Empty);
        }
        let address: Address = text
            .parse()
            .map_err(|_refused| StaffEmailError::Malformed)?;
        // `validate_email` refuses accents before the @ (R83): it judges the domain only.
        if Self::MAX_CHARS < text.chars().count()
            || !format!("x@{}", address.domain()).validate_email()
        {
            return Err(StaffEmailError::Malformed);
        }
        Ok(Self(text))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A first and last name as pages and letters show it: NFC, one line, 1 to 80 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName(String);

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisplayNameError {
    /// Nothing was typed.
    #[error("no name")]
    Empty,
    /// Longer than [`DisplayName::MAX_CHARS`].
    #[error("the name is longer than {} characters", DisplayName::MAX_CHARS)]
    TooLong,
    /// It holds a control character.
    #[error("the name holds a control character")]
    Control,
}

impl DisplayName {
    /// Longest name, in characters.
    pub const MAX_CHARS: usize = 80;

    /// Takes a name as typed; runs of spaces become one.
    ///
    /// # Errors
    /// When it is empty, too long or holds a control character.
    pub fn parse(typed: &str) -> Result<Self, DisplayNameError> {
        if typed.trim().chars().any(char::is_control) {
            return Err(DisplayNameError::Control);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        let text: String = words.join(" ").nfc().collect();
        match text.chars().count() {
            0 => Err(DisplayNameError::Empty),
            n if Self::MAX_CHARS < n => Err(DisplayNameError::TooLong),
            _ => Ok(Self(text)),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_lower_case_and_composed() {
        let email = StaffEmail::parse("  Camille.Rene\u{301}@Asekkey.FR ").unwrap();
        assert_eq!(email.as_str(), "camille.ren\u{e9}@asekkey.fr");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for typed in [
            "camille",
            "camille@",
            "@asekkey.fr",
            "a b@c.fr",
            "a@b@c.fr",
            "a\0@b.fr",
        ] {
            assert_eq!(
                StaffEmail::parse(typed),
                Err(StaffEmailError::Malformed),
                "{typed}"
            );
        }
        assert_eq!(StaffEmail::parse(" "), Err(StaffEmailError::Empty));
        let long = format!("{}@asekkey.fr", "a".repeat(260));
        assert_eq!(StaffEmail::parse(&long), Err(StaffEmailError::Malformed));
    }

    #[test]
    fn a_name_is_one_tidy_line() {
        assert_eq!(
            DisplayName::parse("  Zoé   Martin ").unwrap().as_str(),
            "Zoé Martin"
        );
        assert_eq!(DisplayName::parse(" "), Err(DisplayNameError::Empty));
        assert_eq!(
            DisplayName::parse("Zoé\nMartin"),
            Err(DisplayNameError::Control)
        );
        assert_eq!(DisplayName::parse("Zoé\0"), Err(DisplayNameError::Control));
        assert_eq!(
            DisplayName::parse(&"z".repeat(81)),
            Err(DisplayNameError::TooLong)
        );
    }
}
