//! Acts on accounts: invite, change roles, reset, disable, enable, unlock.
//!
//! Each is one transaction and one line of the system's journal. An account that is seen in one
//! state and changed from another is left alone: [`AccountError::Stale`].

mod add;
mod first;
mod guard;
mod set_roles;
mod standing;
mod told;

pub use add::{NewAccount, add};
pub use first::first_administrator_link;
pub use guard::{Target, id_of};
pub use set_roles::set_roles;
pub use standing::{disable, enable, reset, unlock};
pub use told::{EmailLinkError, email_link};

pub(super) use add::{added_entry, is_unique_violation};

use crate::db::DbError;

/// Why an act on an account did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Another account has this address.
    #[error("an account has this e-mail address already")]
    EmailTaken,
    /// No such account.
    #[error("no account has this e-mail address")]
    Unknown,
    /// It is disabled.
    #[error("the account is disabled")]
    AlreadyDisabled,
    /// It changed since it was seen, or has already what was asked for.
    #[error("the account changed meanwhile")]
    Stale,
    /// Nobody does that to their own account.
    #[error("another administrator must do it")]
    Oneself,
    /// Nobody would be left to manage accounts.
    #[error("it is the last administrator")]
    LastAdministrator,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
