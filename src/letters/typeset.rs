//! Setting a letter: values in, the bytes of a PDF out. The same values make the same bytes.

use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use typst::comemo;
use typst::foundations::{Bytes, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::letters::Letter;
use crate::letters::press::{Layout, PRESS, Sheet};
use crate::letters::printable::printable;

/// A letter as it is printed and kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Typeset {
    /// A PDF of its own: fonts and tags are in it.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub n_pages: usize,
}

/// A letter could not be set. What typst says of it may quote the letter, and stays out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The fonts or the layout.
    #[error("the press could not be set up")]
    Press,
    /// Its values.
    #[error("the values of a letter could not be written")]
    Values,
    /// Its pages.
    #[error("a letter could not be laid out")]
    Layout,
    /// Its PDF.
    #[error("a letter could not be written as PDF/UA-1")]
    Pdf,
    /// The thread that set it.
    #[error("the setting of a letter was broken off")]
    BrokenOff,
}

impl Letter {
    /// Sets the letter on the blocking pool.
    ///
    /// # Errors
    /// When it cannot be laid out, or its PDF would not be accessible.
    pub async fn typeset(self) -> Result<Typeset, LetterError> {
        spawn_blocking(move || self.set())
            .await
            .map_err(|_join| LetterError::BrokenOff)?
    }

    /// Sets the letter here and now, some tens of milliseconds.
    ///
    /// # Errors
    /// When it cannot be laid out, or its PDF would not be accessible.
    pub fn set(&self) -> Result<Typeset, LetterError> {
        let values = serde_json::to_value(self).map_err(|_error| LetterError::Values)?;
        set(Layout::Letter, values)
    }
}

/// The sheet in the place of a piece of this name.
pub(super) fn apart(name: &str) -> Result<Typeset, LetterError> {
    set(Layout::Apart, json!({ "name": name }))
}

fn set(layout: Layout, values: Value) -> Result<Typeset, LetterError> {
    let press = PRESS.as_ref().ok_or(LetterError::Press)?;
    let values = printable(values, &|sign| press.has(sign));
    let sheet = Sheet {
        press,
        layout,
        values: Bytes::from_string(values.to_string()),
    };
    let set = print(&sheet);
    // What typst remembers from one run to the next is the person's: none of it stays.
    comemo::evict(0);
    set
}

fn print(sheet: &Sheet) -> Result<Typeset, LetterError> {
    let document = typst::compile::<PagedDocument>(sheet)
        .output
        .map_err(|_diagnostics| LetterError::Layout)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_hint| LetterError::Pdf)?;
    let options = PdfOptions {
        standards,
        creator: Smart::Custom(None),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|_diagnostics| LetterError::Pdf)?;
    Ok(Typeset {
        pdf,
        n_pages: document.pages().len(),
    })
}

/// A letter is about a person: it never shows in a log by accident.
impl std::fmt::Debug for Typeset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typeset")
            .field("n_pages", &self.n_pages)
            .finish_non_exhaustive()
    }
}
