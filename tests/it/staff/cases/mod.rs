//! A case and what staff do to it.

mod acts;
mod answer;
mod page;
mod stale;
