//! A case and what staff do to it.

mod acts;
mod answer;
mod marks;
mod page;
mod stale;
