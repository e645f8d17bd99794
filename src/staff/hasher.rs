//! Password hashing: argon2id, on the blocking threads, as many at a time as there are cores.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{self, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use tokio::task::JoinError;

use crate::keys::random_bytes;
use crate::staff::Password;

/// Hashes and verifies passwords; one for the whole program.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    permits: Arc<Semaphore>,
}

/// A password could be neither hashed nor verified.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many sign-ins at once: trying again later helps.
    #[error("too many passwords are being hashed")]
    Busy,
    /// The hashing thread died.
    #[error("the hashing thread died: {0}")]
    Thread(#[from] JoinError),
    /// Argon2 refused its parameters or a stored hash.
    #[error("argon2: {0}")]
    Argon2(String),
}

/// Longest wait for a free core.
const WAIT: Duration = Duration::from_secs(10);
/// Memory of one hash, in KiB: 19 MiB, the OWASP minimum for two passes.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of no password, with today's parameters: verifying against it takes the usual time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCEhIQ$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl PasswordHasher {
    /// A hasher that keeps at most `n_cores` cores busy.
    pub fn new(n_cores: usize) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(n_cores.max(1))),
        }
    }

    /// The hash of a new password, as a PHC string with its own salt.
    ///
    /// # Errors
    /// When the machine is too busy or argon2 fails.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, HashError> {
        self.run(move || {
            argon2id()?
                .hash_password(password.expose().as_bytes())
                .map(|hash| PasswordHash(hash.to_string()))
                .map_err(|error| HashError::Argon2(error.to_string()))
        })
        .await
    }

    /// Whether `typed` is the password of `hash`; without a hash it is not, in the same time.
    ///
    /// # Errors
    /// When the machine is too busy or the stored hash cannot be read.
    pub async fn verify(
        &self,
        typed: SecretString,
        hash: Option<PasswordHash>,
    ) -> Result<bool, HashError> {
        self.run(move || {
            let known = hash.as_ref().map_or(NOBODY, |hash| hash.0.as_str());
            let known = Phc::new(known).map_err(|error| HashError::Argon2(error.to_string()))?;
            match argon2id()?.verify_password(typed.expose_secret().as_bytes(), &known) {
                Ok(()) => Ok(hash.is_some()),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(HashError::Argon2(error.to_string())),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let acquiring = Arc::clone(&self.permits).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout(WAIT, acquiring).await else {
            return Err(HashError::Busy);
        };
        // The permit goes along: it stays taken while the thread works, even if nobody waits.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await?
    }
}

/// The PHC string of a password.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash as the database keeps it.
    pub(super) fn stored(phc: String) -> Self {
        Self(phc)
    }

    /// A hash drawn at random, which no known password has.
    pub(super) fn of_no_password() -> Self {
        use data_encoding::BASE64_NOPAD;
        let salt = BASE64_NOPAD.encode(&random_bytes::<16>());
        let output = BASE64_NOPAD.encode(&random_bytes::<32>());
        let costs = format!("m={MEMORY_KIB},t={PASSES},p={LANES}");
        Self(format!("$argon2id$v=19${costs}${salt}${output}"))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

fn argon2id() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| HashError::Argon2(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(typed: &str) -> Password {
        Password::parse(typed, "a@exemple.fr", "A").unwrap()
    }

    #[tokio::test]
    async fn only_the_right_password_is_accepted() {
        let hasher = PasswordHasher::new(1);
        let hash = hasher.hash(password("trois petits chats")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let verify = |typed: &str| hasher.verify(typed.into(), Some(hash.clone()));
        assert!(verify("trois petits chats").await.unwrap());
        assert!(!verify("trois petits chiens").await.unwrap());
        assert!(!verify("").await.unwrap());
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let hasher = PasswordHasher::new(1);
        let first = hasher.hash(password("trois petits chats")).await.unwrap();
        let second = hasher.hash(password("trois petits chats")).await.unwrap();
        assert_ne!(first.as_str(), second.as_str());
    }

    #[tokio::test]
    async fn nobody_has_a_password_but_costs_a_hash() {
        let hasher = PasswordHasher::new(1);
        assert!(
            !hasher
                .verify("trois petits chats".into(), None)
                .await
                .unwrap()
        );
        let parsed = Params::try_from(&Phc::new(NOBODY).unwrap()).unwrap();
        assert_eq!(
            (parsed.m_cost(), parsed.t_cost(), parsed.p_cost()),
            (MEMORY_KIB, PASSES, LANES)
        );
    }
}
