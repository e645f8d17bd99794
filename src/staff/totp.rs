//! The second factor: RFC 6238 codes that every authenticator application computes.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretBox};
use totp_rs::{Algorithm, Builder, Totp};

use crate::keys::{self, Key};
use crate::staff::StaffId;

/// The secret shared with someone's authenticator: 160 bits, SHA-1, 6 digits, 30 seconds, which
/// is what all applications understand.
pub struct TotpSecret(SecretBox<[u8; TotpSecret::BYTES]>);

/// A stored secret could not be read, or the address cannot be put in an `otpauth` URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    /// Another key encrypted it, or for another account.
    #[error("a TOTP secret cannot be decrypted: is the secret key file the right one?")]
    Undecipherable,
    /// The parameters were refused.
    #[error("the TOTP parameters were refused")]
    Refused,
}

impl TotpSecret {
    const BYTES: usize = 20;
    const DIGITS: u8 = 6;
    const STEP_SECONDS: u64 = 30;
    /// Codes of the step before and after are taken too: clocks drift, people type slowly.
    const SKEW_STEPS: u16 = 1;

    /// A new secret.
    pub fn random() -> Self {
        Self(SecretBox::new(Box::new(keys::random_bytes())))
    }

    /// Encrypts it for the database, bound to the account.
    ///
    /// # Errors
    /// Never for a secret of this length; the cipher's signature allows it.
    pub fn encrypt(&self, key: &Key, account: StaffId) -> Result<Vec<u8>, TotpError> {
        key.seal(self.0.expose_secret(), account.0)
            .map_err(|_opaque| TotpError::Refused)
    }

    /// Reads it back.
    ///
    /// # Errors
    /// When it was encrypted with another key or for another account.
    pub fn decrypt(stored: &[u8], key: &Key, account: StaffId) -> Result<Self, TotpError> {
        key.open(stored, account.0)
            .ok()
            .and_then(|bytes| <[u8; Self::BYTES]>::try_from(bytes).ok())
            .map(|bytes| Self(SecretBox::new(Box::new(bytes))))
            .ok_or(TotpError::Undecipherable)
    }

    /// The time step whose code was typed, if it is one of those taken at `at`. Spaces inside the
    /// code do not count.
    ///
    /// # Errors
    /// Never for these parameters; the builder's signature allows it.
    pub fn matching_step(&self, typed: &str, at: DateTime<Utc>) -> Result<Option<i64>, TotpError> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != usize::from(Self::DIGITS) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let now = u64::try_from(at.timestamp()).map_err(|_negative| TotpError::Refused)?;
        let step = self.totp("compte")?.check(&code, now);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// The `otpauth://` URL that a QR code carries.
    ///
    /// # Errors
    /// When the label holds what such a URL cannot.
    pub fn url(&self, label: &str) -> Result<String, TotpError> {
        // A colon would part the label from the issuer.
        self.totp(&label.replace(':', " "))?
            .to_url()
            .map_err(|_refused| TotpError::Refused)
    }

    /// The secret to type by hand: base32 in groups of four.
    pub fn groups(&self) -> Vec<String> {
        let base32 = data_encoding::BASE32_NOPAD.encode(self.0.expose_secret());
        let chars: Vec<char> = base32.chars().collect();
        chars
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect()
    }

    fn totp(&self, label: &str) -> Result<Totp, TotpError> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(Self::DIGITS)
            .with_skew(Self::SKEW_STEPS)
            .with_step_duration(Self::STEP_SECONDS)
            .with_secret(self.0.expose_secret().as_slice())
            .with_issuer(Some(ISSUER))
            .with_account_name(label)
            .build()
            .map_err(|_refused| TotpError::Refused)
    }
}

/// The name under which applications file the code.
const ISSUER: &str = "Asekkey";

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::keys::{KeyUse, MasterSecret};

    fn key(byte: u8) -> Key {
        MasterSecret::parse(vec![byte; 32])
            .unwrap()
            .key(KeyUse::Totp)
    }

    /// The secret of RFC 6238, appendix B.
    fn rfc() -> TotpSecret {
        TotpSecret(SecretBox::new(Box::new(*b"12345678901234567890")))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // Appendix B, SHA-1, last six of the eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let step = rfc().matching_step(code, at(seconds)).unwrap();
            assert_eq!(step, Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn one_step_of_drift_is_forgiven_and_no_more() {
        let code = "005924";
        let shown_at = at(1_234_567_890);
        let taken = |seconds| {
            let now = shown_at + TimeDelta::seconds(seconds);
            rfc().matching_step(code, now).unwrap().is_some()
        };
        assert!(taken(-30) && taken(0) && taken(30));
        assert!(!taken(-61) && !taken(61));
        assert!(
            rfc()
                .matching_step(" 005 924 ", shown_at)
                .unwrap()
                .is_some()
        );
        for wrong in ["", "5924", "00592４", "0059240", "abcdef"] {
            assert_eq!(
                rfc().matching_step(wrong, shown_at).unwrap(),
                None,
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_secret_is_bound_to_its_key_and_account() {
        let stored = rfc().encrypt(&key(1), StaffId(7)).unwrap();
        let read = |key: &Key, id| TotpSecret::decrypt(&stored, key, StaffId(id));
        assert_eq!(read(&key(1), 7).unwrap().groups(), rfc().groups());
        assert_eq!(read(&key(2), 7).unwrap_err(), TotpError::Undecipherable);
        assert_eq!(read(&key(1), 8).unwrap_err(), TotpError::Undecipherable);
        assert_eq!(
            TotpSecret::decrypt(b"short", &key(1), StaffId(7)).unwrap_err(),
            TotpError::Undecipherable
        );
    }

    #[test]
    fn the_url_is_the_one_applications_read() {
        let url = rfc().url("rené@asekkey.fr").unwrap();
        let read = Totp::from_url(&url).unwrap();
        assert_eq!(read.issuer(), Some("Asekkey"));
        assert_eq!(read.generate(1_234_567_890).to_string(), "005924");
        assert_eq!(rfc().groups().len(), 8);
    }
}
