//! People who handle complaints: accounts, roles, passwords, TOTP.

/// The id of a staff account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StaffId(pub i64);
