//! One-time links: what an operator hands to someone so that they choose their own password.

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use secrecy::{ExposeSecret, SecretString};

use crate::db::schema::staff_links;
use crate::db::{Conn, DbError};
use crate::keys;
use crate::staff::StaffId;

/// The secret part of a one-time link: 256 random bits in the alphabet of addresses.
#[derive(Clone, Debug)]
pub struct LinkToken(SecretString);

impl LinkToken {
    const BYTES: usize = 32;

    /// Takes the token of an address; none if it cannot be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        (bytes.len() == Self::BYTES).then(|| Self(text.into()))
    }

    /// The token, to be put in the address that is handed over, and nowhere else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    fn random() -> Self {
        let bytes: [u8; Self::BYTES] = keys::random_bytes();
        Self(BASE64URL_NOPAD.encode(&bytes).into())
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        keys::token_digest(self.expose().as_bytes())
    }
}

/// A link that lets its bearer enrol, once.
#[derive(Clone, Debug)]
pub struct OneTimeLink {
    /// Whose it is.
    pub account: StaffId,
    /// Its secret part.
    pub token: LinkToken,
    /// Not taken from this instant on.
    pub expires_at: DateTime<Utc>,
}

/// Makes a link for the account; older ones no longer work.
pub(super) async fn renew(
    conn: &mut Conn,
    account: StaffId,
    lifetime: TimeDelta,
    at: DateTime<Utc>,
) -> Result<OneTimeLink, DbError> {
    revoke(conn, account).await?;
    let token = LinkToken::random();
    let expires_at = at + lifetime;
    diesel::insert_into(staff_links::table)
        .values((
            staff_links::token_digest.eq(token.digest().as_slice()),
            staff_links::account_id.eq(account.0),
            staff_links::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .await?;
    Ok(OneTimeLink {
        account,
        token,
        expires_at,
    })
}

/// Unused links of the account stop working.
pub(super) async fn revoke(conn: &mut Conn, account: StaffId) -> Result<(), DbError> {
    let unused = staff_links::table
        .filter(staff_links::account_id.eq(account.0))
        .filter(staff_links::used_at.is_null());
    diesel::delete(unused).execute(conn).await.map(drop)
}

/// The account a link opens at `at`, if it was neither used nor has expired.
pub(super) async fn bearer(
    conn: &mut Conn,
    token: &LinkToken,
    at: DateTime<Utc>,
) -> Result<Option<StaffId>, DbError> {
    staff_links::table
        .find(token.digest().as_slice())
        .filter(staff_links::used_at.is_null())
        .filter(staff_links::expires_at.gt(at))
        .select(staff_links::account_id)
        .first(conn)
        .await
        .optional()
        .map(|id| id.map(StaffId))
}

/// Uses the link up; the guard is in the UPDATE, so that of two bearers one comes first.
pub(super) async fn consume(
    conn: &mut Conn,
    token: &LinkToken,
    at: DateTime<Utc>,
) -> Result<Option<StaffId>, DbError> {
    let digest = token.digest();
    let usable = staff_links::table
        .find(digest.as_slice())
        .filter(staff_links::used_at.is_null())
        .filter(staff_links::expires_at.gt(at));
    diesel::update(usable)
        .set(staff_links::used_at.eq(at))
        .returning(staff_links::account_id)
        .get_result(conn)
        .await
        .optional()
        .map(|id| id.map(StaffId))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_nothing_else_does() {
        let token = LinkToken::random();
        assert_eq!(token.expose().len(), 43);
        assert_eq!(
            LinkToken::parse(token.expose()).unwrap().digest(),
            token.digest()
        );
        for text in [
            "",
            "abc",
            "é",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!",
        ] {
            assert!(LinkToken::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_token_never_prints_itself() {
        let token = LinkToken::random();
        assert!(!format!("{token:?}").contains(token.expose()));
    }
}
