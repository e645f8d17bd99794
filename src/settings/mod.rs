//! What administrators set in the back office: legal identity, targets, second reading, who is
//! told. A setting never changed there keeps the value of its flag.

mod book;
mod change;
mod key;
mod relay_trial;
mod value;

pub use book::{Book, Live};
pub use change::{Change, Changed, SettingError, change, changes};
pub use key::{Group, Key, Kind};
pub use relay_trial::note_relay_trial;
pub use value::{Value, ValueError};
