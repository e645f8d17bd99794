//! Two pages open on one draft: what a form was shown with, so that a page that has not seen the
//! latest text of its step overwrites nothing.

use data_encoding::BASE64URL_NOPAD;

use crate::case::draft::Draft;
use crate::case::filing::{Field, Step, TypedFiling};
use crate::keys::random_bytes;

/// What a form carries in its hidden `version`: what its fields held when it was shown, and which
/// page it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    texts: String,
    page: String,
}

impl Seen {
    /// A page shown now with these fields of the draft.
    pub(super) fn now(draft: &TypedFiling, fields: &[Field]) -> Self {
        Self {
            texts: draft.fingerprint(fields),
            page: BASE64URL_NOPAD.encode(&random_bytes::<9>()),
        }
    }

    /// Reads a posted one; a form that has none was open before there was one.
    pub(super) fn parse(posted: &str) -> Option<Self> {
        let (texts, page) = posted.split_once('.')?;
        (texts.len() == 16 && page.len() == 12).then(|| Self {
            texts: texts.to_owned(),
            page: page.to_owned(),
        })
    }

    /// The page, for the draft to remember who saved a step last.
    pub(super) fn page(&self) -> &str {
        &self.page
    }

    /// Whether these fields are as they were when the page was shown.
    pub(super) fn is_current(&self, draft: &TypedFiling, fields: &[Field]) -> bool {
        self.texts == draft.fingerprint(fields)
    }

    /// Whether saving `typed` would overwrite what another page wrote in this step. The page that
    /// saved it last may save again: somebody went back and changed their mind. The first two steps
    /// hold choices and no text: the last one chosen is the one that counts.
    pub(super) fn would_overwrite(
        &self,
        draft: &Draft,
        (step, fields): (Step, &[Field]),
        typed: &TypedFiling,
    ) -> bool {
        if matches!(step, Step::Intent | Step::Questions) || self.is_current(&draft.typed, fields) {
            return false;
        }
        let is_last_writer = draft.writers.get(step.code()) == Some(&self.page);
        !is_last_writer && typed.fingerprint(fields) != draft.typed.fingerprint(fields)
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.texts, self.page)
    }
}
