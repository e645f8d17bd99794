//! People who handle complaints: accounts, roles, passwords, TOTP, sign-in, sessions, absences.
//!
//! An account is *pending* until its owner has used a one-time link to choose a password and has
//! proved a TOTP code; only then it is *enrolled* and signs in. A disabled account does nothing.

pub mod absences;
mod accounts;
mod enrol;
mod failures;
mod hasher;
mod identity;
mod limits;
mod link;
mod own;
mod password;
mod qr;
mod queries;
mod recovery;
mod right;
mod role;
mod second_factor;
pub mod sessions;
mod sign_in;
mod stand_in;
mod totp;

pub use accounts::{
    AccountError, EmailLinkError, NewAccount, Target, add, disable, email_link, enable,
    first_administrator_link, id_of, reset, set_roles, unlock,
};
pub use enrol::{
    Chosen, EnrolError, Enrolled, Invitation, choose_password, confirm_code, invitation,
};
pub use failures::{Place, erase_old_places};
pub use hasher::{HashError, PasswordHash, PasswordHasher};
pub use identity::{DisplayName, DisplayNameError, StaffEmail, StaffEmailError};
pub use limits::StaffLimits;
pub use link::{LinkToken, OneTimeLink};
pub use own::{Closed, change_password, close_sessions};
pub use password::{Password, PasswordError, Weakness};
pub use qr::{QrPath, TooLongForQr, draw as draw_qr};
pub use queries::{
    AccountLine, AccountState, StaffMember, account, active, list, member, set_shortcuts,
};
pub use recovery::{RecoveryCode, recovery_codes_left, renew_recovery_codes};
pub use right::Right;
pub use role::{Role, Roles};
pub use second_factor::{SignedIn, with_code};
pub use sign_in::{Credentials, SignInContext, SignInError, with_password};
pub use stand_in::{StandIn, add_stand_in};
pub use totp::{TotpError, TotpSecret};

/// The id of a staff account.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct StaffId(pub i64);
