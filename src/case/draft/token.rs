//! The opaque token of a draft: whoever has it has the draft.

use data_encoding::BASE64URL_NOPAD;

use crate::keys::{random_bytes, token_digest};

/// 256 random bits, kept in the visitor's cookie; the database has their digest only.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftToken([u8; 32]);

impl DraftToken {
    /// A new one.
    pub fn draw() -> Self {
        Self(random_bytes())
    }

    /// Reads the value of a cookie; what is not one of ours is refused before any query.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The value of the cookie, 43 characters.
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What the database keeps.
    pub(super) fn digest(&self) -> [u8; 32] {
        token_digest(&self.0)
    }
}

impl std::fmt::Debug for DraftToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DraftToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_a_forged_one_does_not() {
        let token = DraftToken::draw();
        assert_eq!(DraftToken::parse(&token.reveal()), Some(token.clone()));
        assert_ne!(token, DraftToken::draw());
        for forged in [
            "",
            "abc",
            &token.reveal().replacen(|_| true, "", 1),
            &format!("{}A", token.reveal()),
        ] {
            assert_eq!(DraftToken::parse(forged), None, "{forged}");
        }
    }
}
