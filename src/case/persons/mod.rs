//! The desk of persons' rights (R63): who asks for what, their cases, and what is done about it.

mod correct;
pub(super) mod find;
mod held;
mod request;
mod resembling;

pub use correct::{Correction, correct};
pub use find::{Found, find, is_theirs};
pub use held::held;
pub use request::{
    NewRequest, PersonRequest, Reason, RightKind, SettleError, Settlement, erase_answered, one,
    register, requests, settle,
};
pub use resembling::{Likeness, Person, Resembling, resembling};
