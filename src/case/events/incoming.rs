//! The lines of e-mails that reach us.

use crate::journal::Entry;

/// The line of an act that an e-mail began.
pub(crate) fn by_mail(entry: Entry, mail: i64) -> Entry {
    entry.id("mail", mail)
}

/// An e-mail from another address was put with the case: staff read it, the person never does.
pub(crate) fn attached(mail: i64) -> Entry {
    Entry::new("mail.attached").id("mail", mail)
}

/// Staff set an e-mail aside that was of no case. For the system's chain.
pub(crate) fn set_aside(mail: i64) -> Entry {
    Entry::new("incoming.set_aside").id("mail", mail)
}
