//! The press: what typst may see, built once. It serves our layouts, our fonts and one letter's
//! values; a path to anything else is answered by "not found", as on an empty disk.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// Every letter.
const LETTER: &str = include_str!("../../templates/letters/letter.typ");

/// The sheet in the place of a piece.
const APART: &str = include_str!("../../templates/letters/apart.typ");

/// What is set.
#[derive(Clone, Copy)]
pub(super) enum Layout {
    Letter,
    Apart,
}

/// What every letter is set with.
pub(super) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    letter: Source,
    apart: Source,
    values: FileId,
}

/// Fonts are parsed and the library is built at the first letter, once.
pub(super) static PRESS: LazyLock<Option<Press>> = LazyLock::new(Press::new);

impl Press {
    fn new() -> Option<Self> {
        let fonts: Vec<Font> = typst_assets::fonts()
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        // Names of rows as row headers in the tags of a table.
        let features = [Feature::A11yExtras].into_iter().collect();
        Some(Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            letter: Source::new(file("letter.typ")?, LETTER.to_owned()),
            apart: Source::new(file("apart.typ")?, APART.to_owned()),
            values: file("letter.json")?,
        })
    }

    const fn layout(&self, layout: Layout) -> &Source {
        match layout {
            Layout::Letter => &self.letter,
            Layout::Apart => &self.apart,
        }
    }

    /// Whether some font has a sign for it.
    pub(super) fn has(&self, sign: char) -> bool {
        self.fonts
            .iter()
            .any(|font| font.info().coverage.contains(u32::from(sign)))
    }
}

fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One letter on the press.
pub(super) struct Sheet {
    pub(super) press: &'static Press,
    pub(super) layout: Layout,
    /// Its values, as JSON.
    pub(super) values: Bytes,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.layout(self.layout).id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let layout = self.press.layout(self.layout);
        if id == layout.id() {
            Ok(layout.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.values {
            Ok(self.values.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// The layout knows no present day: a letter has its own date.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
