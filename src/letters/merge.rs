//! Several letters, and the pieces behind them, as one file to print: each begins on a sheet of its
//! own, printed on both sides.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use tokio::task::spawn_blocking;

use crate::letters::{LetterError, foreign};

/// Most levels of groups of pages.
const MOST_LEVELS: usize = 64;

/// Most pages of a piece.
const MOST_PAGES: usize = 2_000;

/// Most values in the dictionaries of the pages of a piece, each with what it has from its groups.
const MOST_VALUES: usize = 1_000_000;

/// What a page has from the groups it is in, unless it says otherwise.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A part of the file to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A letter, which the press made.
    Letter(Vec<u8>),
    /// A piece behind it, which others made.
    Piece(Vec<u8>),
}

/// The file to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// Places, among the parts, of the pieces that it could not take.
    pub left_out: Vec<usize>,
}

/// The pages of a document, which others are not numbered like.
struct Sheets {
    document: Document,
    pages: Vec<ObjectId>,
}

/// How many pages of this PDF [`merge`] takes; none when it takes none: it is broken or protected, or
/// would not print in the file as it prints alone, or reading it could take more than a machine has.
pub async fn n_pages(pdf: Vec<u8>) -> Option<i32> {
    let counted = spawn_blocking(move || {
        let sheets = foreign::read(&pdf, |one| sheets(one, (0, (0, 0))))?;
        i32::try_from(sheets.pages.len()).ok()
    });
    counted.await.ok()?
}

/// The file to print. Its tags are left out: each letter is kept with its own.
///
/// # Errors
/// When a letter is no PDF that can be taken.
pub async fn merge(parts: Vec<Part>) -> Result<Merged, LetterError> {
    spawn_blocking(move || merged(&parts))
        .await
        .map_err(|_join| LetterError::BrokenOff)?
}

fn merged(parts: &[Part]) -> Result<Merged, LetterError> {
    let mut whole = Document::with_version("1.7");
    let pages = whole.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    let mut left_out = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let free = (whole.max_id, pages);
        let taken = match part {
            Part::Letter(pdf) => {
                let one = Document::load_mem(pdf).map_err(|_error| LetterError::Pdf)?;
                Some(sheets(one, free).ok_or(LetterError::Pdf)?)
            }
            Part::Piece(pdf) => foreign::read(pdf, |one| sheets(one, free)),
        };
        let Some(taken) = taken else {
            left_out.push(place);
            continue;
        };
        let sheets = take(&mut whole, taken);
        kids.extend(sheets.iter().copied().map(Object::Reference));
        if sheets.len() % 2 == 1 {
            kids.push(Object::Reference(blank(&mut whole, pages)));
        }
    }
    let count = i64::try_from(kids.len()).map_err(|_many| LetterError::Pdf)?;
    whole.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = whole.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    whole.trailer.set("Root", catalog);
    let mut pdf = Vec::new();
    whole.save_to(&mut pdf).map_err(|_io| LetterError::Pdf)?;
    Ok(Merged { pdf, left_out })
}

/// Moves the pages of a document over, in order, with all they are drawn with.
fn take(whole: &mut Document, one: Sheets) -> Vec<ObjectId> {
    let is_of_the_whole = |object: &Object| {
        let kind = object.as_dict().and_then(Dictionary::get_type);
        kind.is_ok_and(|kind| {
            [
                &b"Catalog"[..],
                b"Pages",
                b"StructTreeRoot",
                b"StructElem",
                b"Metadata",
            ]
            .contains(&kind)
        })
    };
    whole.max_id = one.document.max_id;
    let drawn = one.document.objects.into_iter();
    whole
        .objects
        .extend(drawn.filter(|(_, object)| !is_of_the_whole(object)));
    one.pages
}

/// The pages of a document, ready to be moved into the group `pages`, numbered from after `last`; none
/// when it is protected, its pages show with its layers or its form, or there are too many.
fn sheets(mut one: Document, (last, pages): (u32, ObjectId)) -> Option<Sheets> {
    let catalog = one.catalog().ok()?;
    let is_more = catalog.has(b"OCProperties") || catalog.has(b"AcroForm");
    if is_more || one.is_encrypted() || one.was_encrypted() {
        return None;
    }
    one.renumber_objects_with(last + 1);
    let sheets: Vec<ObjectId> = one.get_pages().into_values().collect();
    let distinct: BTreeSet<&ObjectId> = sheets.iter().collect();
    if sheets.is_empty() || sheets.len() > MOST_PAGES || distinct.len() < sheets.len() {
        return None;
    }
    let mut values = MOST_VALUES;
    let mut alone = Vec::new();
    for sheet in &sheets {
        let page = settled(&one, *sheet, pages)?;
        values = values.checked_sub(n_values(&page))?;
        alone.push(page);
    }
    for (sheet, page) in sheets.iter().zip(alone) {
        one.objects.insert(*sheet, Object::Dictionary(page));
    }
    Some(Sheets {
        document: one,
        pages: sheets,
    })
}

/// How many values it holds, in each other.
fn n_values(dictionary: &Dictionary) -> usize {
    fn of(value: &Object) -> usize {
        if let Ok(values) = value.as_array() {
            1 + values.iter().map(of).sum::<usize>()
        } else {
            1 + value.as_dict().map_or(0, n_values)
        }
    }
    dictionary.iter().map(|(_, value)| of(value)).sum()
}

/// The page as it is without the groups it was in; none when something is drawn over it (a stamp, a
/// note), or it has no size.
fn settled(one: &Document, sheet: ObjectId, pages: ObjectId) -> Option<Dictionary> {
    let mut page = one.get_dictionary(sheet).ok()?.clone();
    let mut above = page.get(b"Parent").and_then(Object::as_reference).ok();
    for _level in 0..MOST_LEVELS {
        let Some(group) = above.and_then(|id| one.get_dictionary(id).ok()) else {
            break;
        };
        for key in INHERITED {
            if let (false, Ok(value)) = (page.has(key), group.get(key)) {
                page.set(key, value.clone());
            }
        }
        above = group.get(b"Parent").and_then(Object::as_reference).ok();
    }
    if !page.has(b"MediaBox") || is_drawn_over(one, &page) {
        return None;
    }
    page.set("Parent", pages);
    for tag in ["StructParents", "Tabs", "Annots", "AA"] {
        page.remove(tag.as_bytes());
    }
    Some(page)
}

/// Whether more than its links is laid over the page.
fn is_drawn_over(one: &Document, page: &Dictionary) -> bool {
    let Ok(marks) = page.get_deref(b"Annots", one).and_then(Object::as_array) else {
        return page.has(b"Annots");
    };
    marks.iter().any(|mark| {
        let mark = one.dereference(mark).and_then(|(_, mark)| mark.as_dict());
        let kind = mark.and_then(|mark| mark.get(b"Subtype")?.as_name());
        !kind.is_ok_and(|kind| [&b"Link"[..], b"Popup"].contains(&kind))
    })
}

/// The empty back of a letter whose pages are odd in number.
fn blank(whole: &mut Document, pages: ObjectId) -> ObjectId {
    let a4 = vec![
        0.into(),
        0.into(),
        Object::Real(595.28),
        Object::Real(841.89),
    ];
    whole.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => a4,
        "Resources" => Dictionary::new(),
    })
}
