//! A new password, parsed: long, and nothing that is guessed first.
//!
//! ASVS 5.0, 6.2: length counts, composition does not; what was typed is kept exactly. How soon it
//! would be guessed is what `zxcvbn` estimates.

use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zxcvbn::feedback::{Feedback, Warning};
use zxcvbn::{Score, zxcvbn};

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
    /// It would be guessed in fewer than 10¹⁰ tries, or is little more than a date.
    #[error("the password is easily guessed: {0:?}")]
    Weak(Weakness),
}

/// What makes a password easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Keys that are neighbours.
    Keyboard,
    /// The same again and again.
    Repeats,
    /// `abcdef`, `6543`.
    Sequence,
    /// A year or a date.
    Date,
    /// First and last names.
    Name,
    /// One of those that are tried first, or nearly so.
    Common,
    /// Too few words.
    FewWords,
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
        let personal = personal_words(email, name);
        let folded = fold(typed);
        let is_told = |word: &String| 4 <= word.chars().count() && folded.contains(word.as_str());
        if personal.iter().any(is_told) {
            return Err(PasswordError::Personal);
        }
        let known: Vec<&str> = personal
            .iter()
            .map(String::as_str)
            .chain(FAMILIAR)
            .collect();
        match weakness(&folded, &known).or_else(|| weakness_without_dates(&folded, &known)) {
            Some(weakness) => Err(PasswordError::Weak(weakness)),
            None => Ok(Self(typed.into())),
        }
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Words that point at the person or the firm.
fn personal_words(email: &str, name: &str) -> Vec<String> {
    let local_part = email.split('@').next().unwrap_or_default();
    local_part
        .split(['.', '-', '_', '+'])
        .chain(name.split([' ', '-', '\'', '’']))
        .chain([local_part, FIRM])
        .filter(|word| 2 <= word.chars().count())
        .map(fold)
        .collect()
}

/// Lower case, without accents: how a guess is tried.
fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

const FIRM: &str = "asekkey";

/// What French people try first, and the words of this house: the estimate knows English only.
const FAMILIAR: [&str; 20] = [
    "motdepasse",
    "azerty",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "aqwzsx",
    "bonjour",
    "jetaime",
    "soleil",
    "doudou",
    "chouchou",
    "marseille",
    "administrateur",
    "gestionnaire",
    "responsable",
    "reclamation",
    "reclamations",
    "assurance",
    "courtier",
    "courtage",
];

/// Why it would be guessed in fewer than 10¹⁰ tries, or none if it would not. At one step less, a
/// date with a short word would do.
fn weakness(typed: &str, known: &[&str]) -> Option<Weakness> {
    let estimate = zxcvbn(typed, known);
    if Score::Four <= estimate.score() {
        return None;
    }
    let warning = estimate.feedback().and_then(Feedback::warning);
    Some(warning.map_or(Weakness::FewWords, of_warning))
}

/// A date is known to whoever knows the person: what stands beside it must do alone.
fn weakness_without_dates(typed: &str, known: &[&str]) -> Option<Weakness> {
    let rest = without_dates(typed);
    let is_dated = rest.len() < typed.len();
    (is_dated && weakness(&rest, known).is_some()).then_some(Weakness::Date)
}

/// The text without its runs of six to eight digits, parted or not as dates are.
fn without_dates(text: &str) -> String {
    let mut rest = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() || (!run.is_empty() && matches!(c, '/' | '-' | '.' | ' ')) {
            run.push(c);
            continue;
        }
        let n_digits = run.chars().filter(char::is_ascii_digit).count();
        if !(6..=8).contains(&n_digits) {
            rest.push_str(&run);
        }
        run.clear();
        rest.push(c);
    }
    rest.pop();
    rest
}

const fn of_warning(warning: Warning) -> Weakness {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => Weakness::Keyboard,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Weakness::Repeats,
        Warning::SequencesLikeAbcAreEasyToGuess => Weakness::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Weakness::Date,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => Weakness::Name,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => Weakness::Common,
        Warning::AWordByItselfIsEasyToGuess => Weakness::FewWords,
    }
}

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
        assert!(parse("éàçù-vwxè-éù").is_ok());
        let long = "lune orage cactus bleu ".repeat(6);
        assert!(parse(long.get(..128).unwrap()).is_ok());
        assert_eq!(parse(&long).unwrap_err(), PasswordError::TooLong);
    }

    #[test]
    fn nothing_is_trimmed_or_changed() {
        let typed = "  Trois Petits Chats  ";
        assert_eq!(parse(typed).unwrap().expose(), typed);
    }

    #[test]
    fn no_kind_of_character_is_asked_for() {
        for typed in ["lune orage cactus bleu", "correcthorsebatterystaple"] {
            assert!(parse(typed).is_ok(), "{typed}");
        }
    }

    #[test]
    fn names_are_refused() {
        for typed in [
            "vive-Asekkey-2026",
            "Asekkey2026!",
            "Camille-2026-!!",
            "xx-leroy-xx-2026",
            "camille.durand",
            "DURÂND et compagnie",
        ] {
            let refused = parse(typed).unwrap_err();
            assert_eq!(refused, PasswordError::Personal, "{typed}");
        }
    }

    #[test]
    fn what_is_guessed_first_is_refused_and_says_why() {
        for (typed, weakness) in [
            ("aaaaaaaaaaaaaa", Weakness::Repeats),
            ("1234123412341", Weakness::Repeats),
            ("abcdefghijklm", Weakness::Sequence),
        ] {
            let refused = parse(typed).err();
            assert_eq!(refused, Some(PasswordError::Weak(weakness)), "{typed}");
        }
        for typed in [
            "MotDePasse123",
            "azertyuiop123",
            "qwertyuiopasdf",
            "password123456",
            "administrateur",
            "Bonjour2026!!",
            "Soleil2026-Soleil",
            "Marseille1984!",
        ] {
            let refused = parse(typed);
            assert!(
                matches!(refused, Err(PasswordError::Weak(_))),
                "{typed} {refused:?}"
            );
        }
    }

    #[test]
    fn a_date_and_a_short_word_are_refused() {
        for typed in [
            "30/04/1984 ok",
            "30/04/1984 ok !",
            "ok, le 30.04.84",
            "Paris 14071989",
            "papa 12/12/2012",
        ] {
            let refused = parse(typed).err();
            assert!(
                matches!(refused, Some(PasswordError::Weak(_))),
                "{typed} {refused:?}"
            );
        }
        let refused = parse("30/04/1984 ok !").unwrap_err();
        assert_eq!(refused, PasswordError::Weak(Weakness::Date));
        assert!(parse("lune orage 30/04/1984 cactus").is_ok());
        assert!(parse("8f3k-29d0-q4w7-z1").is_ok());
    }

    #[test]
    fn it_never_prints_itself() {
        let shown = format!("{:?}", parse("trois petits chats").unwrap());
        assert!(!shown.contains("chats"), "{shown}");
    }
}
