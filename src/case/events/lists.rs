//! What is done from the lists of the back office.

use crate::journal::Entry;

/// A label was made.
pub(crate) fn label_created(label: i64) -> Entry {
    Entry::new("label.created").id("label", label)
}

/// A label was put on the case.
pub(crate) fn labelled(label: i64) -> Entry {
    Entry::new("case.labelled").id("label", label)
}

/// A label was taken off the case.
pub(crate) fn unlabelled(label: i64) -> Entry {
    Entry::new("case.unlabelled").id("label", label)
}

/// A list was taken away as a file: which, and what narrowed it, never by which words.
pub(crate) fn list_exported(list: &'static str, filters: &[&'static str]) -> Entry {
    let entry = Entry::new("list.exported").code("list", list);
    filters
        .iter()
        .fold(entry, |entry, filter| entry.code("filter", filter))
}
