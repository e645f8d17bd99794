//! The lines of what a case is, and since when.

use crate::case::Nature;
use crate::journal::{Entry, Hash};

/// Its nature is confirmed; the digest of its product, its subject and its cause.
pub(crate) fn qualified(nature: Nature, about: &Hash) -> Entry {
    Entry::new("case.qualified")
        .code("nature", nature.code())
        .digest("about", about)
}
