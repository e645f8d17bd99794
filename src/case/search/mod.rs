//! Full-text search: French, without accents, newest first. What a case is found by is kept by
//! triggers, in the transaction of each act that writes text.

mod asked;
mod matching;
mod page;

pub use asked::Asked;
pub use matching::{Matching, matching};
pub use page::{Found, Total, page};
