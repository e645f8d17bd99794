//! The code that opens a case to its person, with its reference.
//!
//! It is computed, never stored and never mailed: a repeated POST shows the same code again, and a
//! new generation makes the old one useless.

use subtle::ConstantTimeEq;

use crate::case::CaseId;
use crate::keys::Key;

/// Twelve letters and digits in three groups, about 58 bits: `K7WM-2PXD-9RTF`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessCode(String);

/// Letters and digits that are not mistaken for one another.
const ALPHABET: &[u8; 29] = b"ABCDEFGHJKLMNPRTUVWXYZ2346789";

/// Letters in a code.
const LENGTH: usize = 12;

impl AccessCode {
    /// The code of a case, in the generation that its row names.
    pub fn of(key: &Key, case: CaseId, generation: i32) -> Self {
        let mac = key.mac(&[&case.0.to_be_bytes(), &generation.to_be_bytes()]);
        let letters = mac.chunks_exact(2).take(LENGTH).filter_map(|pair| {
            let number = pair
                .iter()
                .fold(0_usize, |sum, byte| sum * 256 + usize::from(*byte));
            ALPHABET
                .get(number % ALPHABET.len())
                .copied()
                .map(char::from)
        });
        Self(letters.collect())
    }

    /// Whether what was typed is this code, however it is spaced; in constant time.
    pub fn is(&self, typed: &str) -> bool {
        let compact: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        self.0.as_bytes().ct_eq(compact.as_bytes()).into()
    }
}

impl std::fmt::Display for AccessCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for AccessCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use crate::keys::{KeyUse, MasterSecret};

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_opens_one_case() {
        let key = MasterSecret::parse(vec![3; 32])
            .unwrap()
            .key(KeyUse::AccessCodes);
        let code = AccessCode::of(&key, CaseId(7), 0);
        let shown = code.to_string();
        assert_eq!(shown.len(), 14, "{shown}");
        assert!(
            code.is(&shown) && code.is(&shown.to_lowercase()) && code.is(&shown.replace('-', " "))
        );
        assert!(!code.is("") && !code.is(&AccessCode::of(&key, CaseId(8), 0).to_string()));
        assert!(!code.is(&AccessCode::of(&key, CaseId(7), 1).to_string()));
    }
}
