//! The lines of e-mails that reach us.

use crate::journal::Entry;

/// The line of an act that an e-mail began.
pub(crate) fn by_mail(entry: Entry, mail: i64) -> Entry {
    entry.id("mail", mail)
}
