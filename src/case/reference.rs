//! The reference a person reads, writes and dictates: `ASK-2026-000123-T`.

use crate::case::CaseId;

/// A reference whose check letter is right; it may still name no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    year: u16,
    number: u64,
}

/// The check letters: 23, without I, O and Q, which are mistaken for digits.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

impl Reference {
    /// The reference of a case entered in `year` (Paris calendar).
    pub fn new(year: i16, case: CaseId) -> Self {
        Self {
            year: u16::try_from(year).unwrap_or_default(),
            number: u64::try_from(case.0).unwrap_or_default(),
        }
    }

    /// Reads a reference as people write it: any case, with spaces, dashes or none.
    pub fn parse(typed: &str) -> Option<Self> {
        let compact: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let digits_and_letter = compact.strip_prefix("ASK").unwrap_or(&compact);
        let (digits, letter) =
            digits_and_letter.split_at_checked(digits_and_letter.len().checked_sub(1)?)?;
        let (year, number) = digits.split_at_checked(4)?;
        if !(6..=18).contains(&number.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let reference = Self {
            year: year.parse().ok()?,
            number: number.parse().ok()?,
        };
        (letter == reference.check_letter().to_string()).then_some(reference)
    }

    /// Whether a text that is none was meant for one: `ASK` and a digit, or a year, a number and a
    /// letter.
    pub fn is_meant(typed: &str) -> bool {
        let compact: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let is_digit = |c: char| c.is_ascii_digit();
        match compact.strip_prefix("ASK") {
            Some(rest) => rest.starts_with(is_digit),
            None => compact
                .strip_suffix(|c: char| c.is_ascii_uppercase())
                .is_some_and(|rest| {
                    rest.len() >= 10 && rest.starts_with("20") && rest.chars().all(is_digit)
                }),
        }
    }

    /// The case it names.
    pub fn case(self) -> CaseId {
        CaseId(i64::try_from(self.number).unwrap_or_default())
    }

    /// The Paris year the case was entered.
    pub fn year(self) -> i16 {
        i16::try_from(self.year).unwrap_or_default()
    }

    /// (year ‖ number) mod 23 over [`LETTERS`]: a wrong digit or two swapped ones change it.
    fn check_letter(self) -> char {
        let width = self.number.to_string().len().max(6);
        let joined = u128::from(self.year) * 10_u128.pow(u32::try_from(width).unwrap_or(6))
            + u128::from(self.number);
        let index = usize::try_from(joined % 23).unwrap_or_default();
        LETTERS.get(index).copied().map_or('A', char::from)
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "ASK-{:04}-{:06}-{}",
            self.year,
            self.number,
            self.check_letter()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_however_it_is_typed() {
        let reference = Reference::new(2026, CaseId(123));
        let shown = reference.to_string();
        assert!(shown.starts_with("ASK-2026-000123-"), "{shown}");
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace("ASK-", ""),
        ] {
            assert_eq!(Reference::parse(&typed), Some(reference), "{typed}");
        }
        let long = Reference::new(2026, CaseId(12_345_678));
        assert_eq!(Reference::parse(&long.to_string()), Some(long));
    }

    #[test]
    fn a_damaged_reference_is_told_from_words() {
        for damaged in [
            "ASK-2026-000123",
            "ask 2026 000123 I",
            "2026-000124-A",
            "ASK-2",
        ] {
            assert!(Reference::is_meant(damaged), "{damaged}");
        }
        for words in ["", "ask", "Askia", "2026", "000123", "AB2026000123", "A"] {
            assert!(!Reference::is_meant(words), "{words}");
        }
    }

    #[test]
    fn a_wrong_or_swapped_digit_is_noticed() {
        let letter = Reference::new(2026, CaseId(123)).to_string().pop().unwrap();
        for wrong in [
            "ASK-2026-000124",
            "ASK-2026-000132",
            "ASK-2025-000123",
            "ASK-2026-001023",
        ] {
            assert_eq!(
                Reference::parse(&format!("{wrong}-{letter}")),
                None,
                "{wrong}"
            );
        }
        for nonsense in [
            "",
            "A",
            "é",
            "ASK",
            "ASK-2026-A",
            "ASK-2026-000123",
            "ASK-2026-00012345678901234567-A",
        ] {
            assert_eq!(Reference::parse(nonsense), None, "{nonsense}");
        }
    }
}
