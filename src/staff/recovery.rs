//! Recovery codes: each takes the place of the authenticator once.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use secrecy::{ExposeSecret, SecretString};

use crate::db::schema::staff_recovery_codes;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, SYSTEM_CHAIN};
use crate::keys;
use crate::staff::StaffId;

/// A recovery code: 80 random bits, as 16 letters and digits.
#[derive(Clone, Debug)]
pub struct RecoveryCode(SecretString);

impl RecoveryCode {
    /// How many are made at a time.
    pub const N_CODES: usize = 10;
    const BYTES: usize = 10;
    const CHARS: usize = 16;

    /// Takes a code as typed, with or without spaces and hyphens; none if it cannot be one of ours,
    /// such as the six digits of an authenticator. The digits 0 and 1, which it never holds, are read
    /// as the letters they look like.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                '0' => 'O',
                '1' => 'I',
                other => other,
            })
            .collect();
        let is_one = code.len() == Self::CHARS && BASE32_NOPAD.decode(code.as_bytes()).is_ok();
        is_one.then(|| Self(code.into()))
    }

    fn random() -> Self {
        let bytes: [u8; Self::BYTES] = keys::random_bytes();
        Self(BASE32_NOPAD.encode(&bytes).into())
    }

    /// The code in groups of four, as it is shown, once.
    pub fn groups(&self) -> String {
        let chars: Vec<char> = self.0.expose_secret().chars().collect();
        let groups: Vec<String> = chars.chunks(4).map(|four| four.iter().collect()).collect();
        groups.join("-")
    }

    /// What is kept of it: bound to its account.
    fn digest(&self, account: StaffId) -> [u8; 32] {
        let bound = [&account.0.to_be_bytes(), self.0.expose_secret().as_bytes()].concat();
        keys::token_digest(&bound)
    }
}

/// Makes new codes for the account, one line of the journal; the older ones no longer work.
///
/// # Errors
/// When the database fails.
pub async fn renew_recovery_codes(
    conn: &mut Conn,
    account: StaffId,
    at: DateTime<Utc>,
) -> Result<Vec<RecoveryCode>, DbError> {
    conn.transaction(async |conn| {
        let codes = make(conn, account).await?;
        let entry = Entry::new("account.recovery_codes_made").id("account", account.0);
        journal::append(conn, SYSTEM_CHAIN, entry, Actor::Staff(account.0), at).await?;
        Ok(codes)
    })
    .await
}

/// New codes in the place of the older ones.
pub(super) async fn make(conn: &mut Conn, account: StaffId) -> Result<Vec<RecoveryCode>, DbError> {
    forget(conn, account).await?;
    let codes: Vec<RecoveryCode> = (0..RecoveryCode::N_CODES)
        .map(|_| RecoveryCode::random())
        .collect();
    let rows: Vec<_> = codes
        .iter()
        .map(|code| {
            (
                staff_recovery_codes::code_digest.eq(code.digest(account).to_vec()),
                staff_recovery_codes::account_id.eq(account.0),
            )
        })
        .collect();
    diesel::insert_into(staff_recovery_codes::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(codes)
}

/// The codes of the account stop working.
pub(super) async fn forget(conn: &mut Conn, account: StaffId) -> Result<(), DbError> {
    let theirs = staff_recovery_codes::table.filter(staff_recovery_codes::account_id.eq(account.0));
    diesel::delete(theirs).execute(conn).await.map(drop)
}

/// Uses a code up; the guard is in the UPDATE, so that of two attempts one comes first.
pub(super) async fn consume(
    conn: &mut Conn,
    account: StaffId,
    code: &RecoveryCode,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let digest = code.digest(account);
    let unused = staff_recovery_codes::table
        .find(digest.as_slice())
        .filter(staff_recovery_codes::used_at.is_null());
    let n_used = diesel::update(unused)
        .set(staff_recovery_codes::used_at.eq(at))
        .execute(conn)
        .await?;
    Ok(n_used == 1)
}

/// How many codes of the account still work.
///
/// # Errors
/// When the database fails.
pub async fn recovery_codes_left(conn: &mut Conn, account: StaffId) -> Result<i64, DbError> {
    staff_recovery_codes::table
        .filter(staff_recovery_codes::account_id.eq(account.0))
        .filter(staff_recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = RecoveryCode::random();
        let shown = code.groups();
        assert_eq!(shown.len(), 19, "{shown}");
        for typed in [
            shown.to_lowercase(),
            shown.replace('-', " "),
            format!(" {shown} "),
        ] {
            let read = RecoveryCode::parse(&typed).unwrap();
            assert_eq!(read.digest(StaffId(7)), code.digest(StaffId(7)), "{typed}");
        }
        assert_ne!(code.digest(StaffId(7)), code.digest(StaffId(8)));
        assert!(RecoveryCode::parse("OOOO-IIII-OIOI-IOIO").is_some());
        assert!(RecoveryCode::parse("0000-1111-0101-1010").is_some());
        for typed in [
            "",
            "123456",
            "123 456",
            "AAAA-AAAA-AAAA",
            "éééé-AAAA-AAAA-AAAA",
        ] {
            assert!(RecoveryCode::parse(typed).is_none(), "{typed}");
        }
    }
}
