//! A new password, parsed: long, and nothing that is tried first.
//!
//! ASVS 5.0, 6.2: length counts, composition does not; what was typed is kept exactly.

use secrecy::{ExposeSecret, SecretString};

/// A password that may be chosen, 12 to 128 characters.
#[derive(Debug)]
pub struct Password(SecretString);

/// Why a password was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Nothing was typed.
    #[error("no password")]
    Empty,
    /// Shorter than [`Password::MIN_CHARS`].
    #[error("the password is shorter than {} characters", Password::MIN_CHARS)]
    TooShort,
    /// Longer than [`Password::MAX_CHARS`].
    #[error("the password is longer than {} characters", Password::MAX_CHARS)]
    TooLong,
    /// It holds the person's address or name, or the firm's name.
    #[error("the password holds the person's name or the firm's")]
    Personal,
    /// It is among those that are tried first, or repeats itself.
    #[error("the password is a common one")]
    Common,
}

impl Password {
    /// Shortest password, in characters.
    pub const MIN_CHARS: usize = 12;
    /// Longest password, in characters.
    pub const MAX_CHARS: usize = 128;

    /// Takes a password as typed by the person who gave this address and name.
    ///
    /// # Errors
    /// When it is too short, too long or easily guessed.
    pub fn parse(typed: &str, email: &str, name: &str) -> Result<Self, PasswordError> {
        match typed.chars().count() {
            0 => return Err(PasswordError::Empty),
            n if n < Self::MIN_CHARS => return Err(PasswordError::TooShort),
            n if Self::MAX_CHARS < n => return Err(PasswordError::TooLong),
            _ => {}
        }
        let lower = typed.to_lowercase();
        if personal_words(email, name).any(|word| lower.contains(&word)) {
            return Err(PasswordError::Personal);
        }
        if COMMON.contains(&lower.as_str()) || repeats_itself(&lower) {
            return Err(PasswordError::Common);
        }
        Ok(Self(typed.into()))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Words of at least four letters that point at the person or the firm.
fn personal_words(email: &str, name: &str) -> impl Iterator<Item = String> {
    let local_part = email.split('@').next().unwrap_or_default();
    let words: Vec<String> = local_part
        .split(['.', '-', '_', '+'])
        .chain(name.split([' ', '-']))
        .chain([local_part, FIRM])
        .map(str::to_lowercase)
        .filter(|word| 4 <= word.chars().count())
        .collect();
    words.into_iter()
}

/// Whether it is one pattern of at most four characters, over and over.
fn repeats_itself(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=4).any(|period| {
        chars
            .iter()
            .zip(chars.iter().skip(period))
            .all(|(before, after)| before == after)
    })
}

const FIRM: &str = "asekkey";

/// Passwords of twelve characters and more that lists of leaks put first, French ones included.
const COMMON: [&str; 48] = [
    "000000000000",
    "0123456789012",
    "012345678910",
    "101010101010",
    "123123123123",
    "1234567890-=",
    "12345678901",
    "123456789012",
    "1234567890123",
    "12345678910",
    "123456789123",
    "123456789abc",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "a1b2c3d4e5f6",
    "abcdefghijkl",
    "abcdefghijklm",
    "administrateur",
    "administrator",
    "aqwzsxedcrfv",
    "azertyqwerty",
    "azertyuiop123",
    "azertyuiopqs",
    "azertyuiopqsdfghjklm",
    "bonjourbonjour",
    "changemeplease",
    "contrasena123",
    "iloveyou1234",
    "jetaimejetaime",
    "letmeinletmein",
    "motdepasse12",
    "motdepasse123",
    "motdepasse1234",
    "motdepassemotdepasse",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "qwerty123456",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiop[]",
    "qwertyuiopasdfghjkl",
    "reclamations",
    "unknown12345",
    "welcome12345",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str) -> Result<Password, PasswordError> {
        Password::parse(typed, "camille.durand@exemple.fr", "Camille Durand-Leroy")
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(parse("").unwrap_err(), PasswordError::Empty);
        assert_eq!(parse("éàçù-éàçù-é").unwrap_err(), PasswordError::TooShort);
        assert!(parse("éàçù-éàçè-éù").is_ok());
        assert!(parse(&"a b c d ".repeat(16)).is_ok());
        assert_eq!(
            parse(&"a b c d ".repeat(17)).unwrap_err(),
            PasswordError::TooLong
        );
    }

    #[test]
    fn nothing_is_trimmed_or_changed() {
        let typed = "  Trois Petits Chats  ";
        assert_eq!(parse(typed).unwrap().expose(), typed);
    }

    #[test]
    fn names_and_common_ones_are_refused() {
        for typed in ["vive-Asekkey-2026", "Camille-2026-!!", "xx-leroy-xx-2026"] {
            assert_eq!(
                parse(typed).unwrap_err(),
                PasswordError::Personal,
                "{typed}"
            );
        }
        for typed in [
            "MotDePasse123",
            "aaaaaaaaaaaaaa",
            "1234123412341",
            "azertyuiop123",
        ] {
            assert_eq!(parse(typed).unwrap_err(), PasswordError::Common, "{typed}");
        }
    }

    #[test]
    fn it_never_prints_itself() {
        let shown = format!("{:?}", parse("trois petits chats").unwrap());
        assert!(!shown.contains("chats"), "{shown}");
    }
}
