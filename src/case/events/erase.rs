//! The last line of a case whose content is gone.

use crate::case::erase::Cause;
use crate::journal::Entry;

/// Content and secret erased; how much there was.
pub(crate) fn erased(cause: Cause, n_messages: i64, n_files: i64) -> Entry {
    Entry::new("case.erased")
        .code("cause", cause.code())
        .id("messages", n_messages)
        .id("files", n_files)
}
