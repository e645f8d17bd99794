//! What opens a draft: the opaque token of the browser that began it, the link that takes it up
//! elsewhere, the token that link gives to another browser, and the proof of having sent it.

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

use crate::case::draft::DraftId;
use crate::keys::{Key, random_bytes, token_digest};

/// Kept in the visitor's cookie: whoever has it has the draft.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DraftToken {
    /// 256 random bits of the browser that began it; the database has their digest only.
    Own([u8; 32]),
    /// Given to a browser that took the draft up by a link: the draft, and our signature.
    Resumed(DraftId, [u8; 32]),
}

/// What a signature is for: a link is no cookie, so that an address in a log opens nothing by
/// itself.
const COOKIE: &[u8] = b"cookie";
const LINK: &[u8] = b"link";
const SENT: &[u8] = b"sent";

impl DraftToken {
    /// A new one.
    pub fn draw() -> Self {
        Self::Own(random_bytes())
    }

    /// The token of a browser that takes this draft up by a link.
    pub fn resumed(key: &Key, draft: DraftId) -> Self {
        Self::Resumed(draft, key.mac(&[COOKIE, draft.0.as_bytes()]))
    }

    /// Reads the value of a cookie; what is not one of ours is refused before any query.
    pub fn parse(key: &Key, text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        if let Ok(own) = <[u8; 32]>::try_from(bytes.as_slice()) {
            return Some(Self::Own(own));
        }
        let draft = signed(key, COOKIE, &bytes)?;
        Some(Self::resumed(key, draft))
    }

    /// The proof that a browser sent this draft: whoever only has the token cannot make it.
    pub fn proof_of_sending(&self, key: &Key) -> String {
        let token = self.reveal();
        let mac = key.mac(&[SENT, token.as_bytes()]);
        format!("{token}.{}", BASE64URL_NOPAD.encode(&mac))
    }

    /// Reads a proof of sending: the token of the draft that was sent.
    pub fn parse_sent(key: &Key, text: &str) -> Option<Self> {
        let (token, mac) = text.split_once('.')?;
        let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).ok()?;
        key.verify(&[SENT, token.as_bytes()], &mac)
            .then(|| Self::parse(key, token))?
    }

    /// The value of the cookie, 43 or 64 characters.
    pub fn reveal(&self) -> String {
        match self {
            Self::Own(bytes) => BASE64URL_NOPAD.encode(bytes),
            Self::Resumed(draft, mac) => {
                BASE64URL_NOPAD.encode(&[draft.0.as_bytes().as_slice(), mac].concat())
            }
        }
    }
}

/// What the database keeps of a browser's own token.
pub(super) fn digest(own: &[u8; 32]) -> [u8; 32] {
    token_digest(own)
}

/// The end of the link that takes a draft up: it works as long as the draft is there.
pub fn resume_link(key: &Key, draft: DraftId) -> String {
    let mac = key.mac(&[LINK, draft.0.as_bytes()]);
    BASE64URL_NOPAD.encode(&[draft.0.as_bytes().as_slice(), &mac].concat())
}

/// The draft of a link, which may be gone; none when the link is not ours or was cut on the way.
pub fn read_resume_link(key: &Key, text: &str) -> Option<DraftId> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    signed(key, LINK, &bytes)
}

fn signed(key: &Key, purpose: &[u8], bytes: &[u8]) -> Option<DraftId> {
    let (id, mac) = bytes.split_first_chunk::<16>()?;
    key.verify(&[purpose, id], mac)
        .then(|| DraftId(Uuid::from_bytes(*id)))
}

impl std::fmt::Debug for DraftToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DraftToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use crate::keys::{KeyUse, MasterSecret};

    use super::*;

    fn key(byte: u8) -> Key {
        let secret = MasterSecret::parse(vec![byte; 32]).unwrap();
        secret.key(KeyUse::Drafts)
    }

    #[test]
    fn a_token_reads_back_and_a_forged_one_does_not() {
        let key = key(1);
        let resumed = DraftToken::resumed(&key, DraftId(Uuid::new_v4()));
        for token in [DraftToken::draw(), resumed] {
            let text = token.reveal();
            assert_eq!(DraftToken::parse(&key, &text), Some(token));
            for forged in [
                "",
                "abc",
                &text.replacen(|_| true, "", 1),
                &format!("{text}A"),
            ] {
                assert_eq!(DraftToken::parse(&key, forged), None, "{forged}");
            }
        }
        assert_ne!(DraftToken::draw(), DraftToken::draw());
    }

    #[test]
    fn a_token_is_no_proof_of_sending() {
        let key = key(1);
        let token = DraftToken::resumed(&key, DraftId(Uuid::new_v4()));
        let proof = token.proof_of_sending(&key);
        assert_eq!(DraftToken::parse_sent(&key, &proof), Some(token));
        assert_eq!(DraftToken::parse(&key, &proof), None);
        let text = token.reveal();
        for forged in [text.clone(), format!("{text}."), format!("{text}.{text}")] {
            assert_eq!(DraftToken::parse_sent(&key, &forged), None, "{forged}");
        }
    }

    #[test]
    fn a_link_is_no_cookie_and_belongs_to_one_draft_and_one_key() {
        let draft = DraftId(Uuid::new_v4());
        let link = resume_link(&key(1), draft);
        assert_eq!(read_resume_link(&key(1), &link), Some(draft));
        assert_eq!(read_resume_link(&key(2), &link), None);
        assert_eq!(DraftToken::parse(&key(1), &link), None);
        let cookie = DraftToken::resumed(&key(1), draft).reveal();
        assert_eq!(read_resume_link(&key(1), &cookie), None);
        let other = resume_link(&key(1), DraftId(Uuid::new_v4()));
        let mixed = format!("{}{}", link.get(..22).unwrap(), other.get(22..).unwrap());
        assert_eq!(read_resume_link(&key(1), &mixed), None);
    }
}
