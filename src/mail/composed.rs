//! An e-mail whose words are written and whose recipient is not yet chosen.

use crate::db::text_code;

/// A subject and a plain text, with what decides its automatic headers.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// One line.
    pub subject: String,
    /// Lines ended by `\n`.
    pub body: String,
    /// Who wrote it.
    pub origin: Origin,
    /// In whose name it leaves.
    pub desk: Desk,
}

text_code! {
    /// Who wrote an e-mail: the value of its `Auto-Submitted` header (RFC 3834, R85).
    pub enum Origin {
        /// A member of staff: the header is left out, as RFC 3834 has it.
        Person => "no",
        /// The program, of its own accord.
        Program => "auto-generated",
        /// The program, in answer to what somebody sent.
        Reply => "auto-replied",
    }
}

text_code! {
    /// The service in whose name an e-mail leaves.
    pub enum Desk {
        /// The complaints service.
        Complaints => "complaints",
        /// The customer service.
        Customer => "customer",
    }
}

/// The text is about a person: it never shows in a log by accident.
impl std::fmt::Debug for Composed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Composed")
            .field("origin", &self.origin)
            .field("desk", &self.desk)
            .finish_non_exhaustive()
    }
}
