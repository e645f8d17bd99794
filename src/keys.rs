//! The secret of the installation and the keys derived from it, one per use.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The one secret of an installation, at least 256 bits; every node has the same.
pub struct MasterSecret(SecretBox<Vec<u8>>);

/// The secret is too short to derive keys from.
#[derive(Debug, thiserror::Error)]
#[error(
    "the secret key must be at least {} bytes long",
    MasterSecret::MIN_BYTES
)]
pub struct SecretTooShort;

impl MasterSecret {
    /// Shortest secret accepted, in bytes.
    pub const MIN_BYTES: usize = 32;

    /// Takes the bytes of the secret key file.
    ///
    /// # Errors
    /// When it is shorter than [`Self::MIN_BYTES`].
    pub fn parse(bytes: Vec<u8>) -> Result<Self, SecretTooShort> {
        if bytes.len() < Self::MIN_BYTES {
            return Err(SecretTooShort);
        }
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    /// The key for one use: HKDF-SHA-256 with the use as `info`.
    pub fn key(&self, use_: KeyUse) -> Key {
        let mut bytes = [0_u8; 32];
        let derived = Hkdf::<Sha256>::new(None, self.0.expose_secret())
            .expand(use_.label().as_bytes(), &mut bytes);
        debug_assert!(derived.is_ok(), "32 bytes are within what HKDF can give");
        Key(SecretBox::new(Box::new(bytes)))
    }
}

/// What a derived key is for: two uses never share a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// Signs the session cookie of the back office.
    Cookies,
    /// Signs the anti-forgery tokens of forms.
    Csrf,
    /// Makes the access codes of cases.
    AccessCodes,
    /// Signs the expiring links of e-mails.
    Links,
    /// Signs the cookie that keeps a case open for its person.
    Following,
    /// Signs the links and the cookies that take up a draft on another browser.
    Drafts,
    /// Encrypts the TOTP secrets of staff.
    Totp,
    /// Makes the digests of the addresses that staff sign in from.
    Places,
    /// Encrypts the secrets of e-mails that wait.
    Outbox,
}

impl KeyUse {
    const fn label(self) -> &'static str {
        match self {
            Self::Cookies => "reclamations/1/cookies",
            Self::Csrf => "reclamations/1/csrf",
            Self::AccessCodes => "reclamations/1/access-codes",
            Self::Links => "reclamations/1/links",
            Self::Following => "reclamations/1/following",
            Self::Drafts => "reclamations/1/drafts",
            Self::Totp => "reclamations/1/totp",
            Self::Places => "reclamations/1/places",
            Self::Outbox => "reclamations/1/outbox",
        }
    }
}

/// What was sealed cannot be read: another key, or another row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret cannot be decrypted: is the secret key file the right one?")]
pub struct SealError;

const NONCE_BYTES: usize = 24;

/// A 256-bit key for one use.
pub struct Key(SecretBox<[u8; 32]>);

impl Key {
    /// HMAC-SHA-256 of the parts, each preceded by its length so that no two lists collide.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        keyed_digest(self.0.expose_secret(), parts)
    }

    /// Whether `mac` is the right one for `parts`, in constant time.
    pub fn verify(&self, parts: &[&[u8]], mac: &[u8]) -> bool {
        self.mac(parts).ct_eq(mac).into()
    }

    /// Encrypts a short secret: a random nonce, then XChaCha20-Poly1305 bound to the row `of`.
    ///
    /// # Errors
    /// Never for a short secret; the cipher's signature allows it.
    pub fn seal(&self, secret: &[u8], of: i64) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE_BYTES] = random_bytes();
        let message = Payload {
            msg: secret,
            aad: &of.to_be_bytes(),
        };
        let sealed = XChaCha20Poly1305::new(self.0.expose_secret().into())
            .encrypt(&XNonce::from(nonce), message)
            .map_err(|_opaque| SealError)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Reads back what was sealed for the row `of`.
    ///
    /// # Errors
    /// When it was sealed with another key or for another row.
    pub fn open(&self, sealed: &[u8], of: i64) -> Result<Vec<u8>, SealError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(SealError)?;
        let message = Payload {
            msg: sealed,
            aad: &of.to_be_bytes(),
        };
        XChaCha20Poly1305::new(self.0.expose_secret().into())
            .decrypt(&XNonce::from(*nonce), message)
            .map_err(|_opaque| SealError)
    }
}

/// HMAC-SHA-256 under `key` of the parts, each preceded by its length.
pub fn keyed_digest(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // The empty key is never used: `new_from_slice` accepts every length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| Hmac::<Sha256>::new(&[0_u8; 64].into()));
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256 of a token: what the database keeps of something only its bearer may know.
pub fn token_digest(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Random bytes from the operating system's generator.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    rand::random()
}

impl std::fmt::Debug for MasterSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterSecret(…)")
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}
