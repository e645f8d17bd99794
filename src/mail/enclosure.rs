//! A letter that travels with an e-mail.

/// A PDF and what it is called.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// The name of its file.
    pub name: String,
    /// Its bytes.
    pub pdf: Vec<u8>,
}

/// It is about a person: it never shows in a log by accident.
impl std::fmt::Debug for Enclosure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enclosure")
            .field("n_bytes", &self.pdf.len())
            .finish_non_exhaustive()
    }
}
