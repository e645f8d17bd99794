//! Several letters, and the pieces behind them, as one file to print: each begins on a sheet of its
//! own, printed on both sides.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::letters::carry::{Carried, carry};
use crate::letters::foreign::Budget;
use crate::letters::typeset::apart;
use crate::letters::{LetterError, weight};

/// Most levels of groups of pages.
const MOST_LEVELS: usize = 64;

/// Most pages of a piece.
const MOST_PAGES: usize = 2_000;

/// What a page has from the groups it is in, unless it says otherwise.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A part of the file to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A letter, which the press made.
    Letter(Vec<u8>),
    /// A piece behind it, which others made.
    Piece {
        /// Its bytes.
        pdf: Vec<u8>,
        /// What it is called.
        name: String,
    },
    /// A sheet in the place of a piece of this name.
    Apart(String),
}

/// The file to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// Places, among the parts, of the pieces that have a sheet in their place: it could not take them.
    pub left_out: Vec<usize>,
}

/// How many pages of this PDF [`merged`] takes, as the only piece.
pub(super) fn n_pages(pdf: &[u8]) -> Option<i32> {
    let budget = Budget::new();
    let free = Free {
        last: 0,
        group: (0, 0),
        memory: budget.memory(),
    };
    let taken = budget.read(pdf, |one| sheets(one, &free))?;
    i32::try_from(taken.pages.len()).ok()
}

/// The file of these parts, each of which goes once it is in it.
pub(super) fn merged(parts: Vec<Part>) -> Result<Merged, LetterError> {
    let mut whole = Document::with_version("1.7");
    let group = whole.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    let mut left_out = Vec::new();
    let mut budget = Budget::new();
    for (place, part) in parts.into_iter().enumerate() {
        let free = (whole.max_id, group);
        let (found, name) = match part {
            Part::Letter(pdf) => (Some(of_ours(&pdf, free)?), String::new()),
            Part::Piece { pdf, name } => (of_others(&pdf, free, &mut budget), name),
            Part::Apart(name) => (None, name),
        };
        let taken = if let Some(found) = found {
            found
        } else {
            left_out.push(place);
            of_ours(&apart(&name)?.pdf, free)?
        };
        let last = taken.objects.keys().next_back();
        whole.max_id = last.map_or(whole.max_id, |(number, _)| *number);
        whole.objects.extend(taken.objects);
        let is_odd = taken.pages.len() % 2 == 1;
        kids.extend(taken.pages.into_iter().map(Object::Reference));
        if is_odd {
            kids.push(Object::Reference(blank(&mut whole, group)));
        }
    }
    let count = i64::try_from(kids.len()).map_err(|_many| LetterError::Pdf)?;
    whole.objects.insert(
        group,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = whole.add_object(dictionary! { "Type" => "Catalog", "Pages" => group });
    whole.trailer.set("Root", catalog);
    let mut pdf = Vec::new();
    whole.save_to(&mut pdf).map_err(|_io| LetterError::Pdf)?;
    Ok(Merged { pdf, left_out })
}

/// What is free in the file.
struct Free {
    /// The last number that is not.
    last: u32,
    /// The group that all pages are in.
    group: ObjectId,
    /// Bytes of memory.
    memory: usize,
}

/// The pages of a PDF of ours.
fn of_ours(pdf: &[u8], (last, group): (u32, ObjectId)) -> Result<Carried, LetterError> {
    let one = Document::load_mem(pdf).map_err(|_error| LetterError::Pdf)?;
    let free = Free {
        last,
        group,
        memory: usize::MAX,
    };
    sheets(one, &free).ok_or(LetterError::Pdf)
}

/// The pages of a PDF of others; none when they cannot be taken.
fn of_others(pdf: &[u8], (last, group): (u32, ObjectId), budget: &mut Budget) -> Option<Carried> {
    let free = Free {
        last,
        group,
        memory: budget.memory(),
    };
    let taken = budget.read(pdf, |one| sheets(one, &free))?;
    budget.spend(taken.memory);
    Some(taken)
}

/// The pages of a document, ready to be moved into the file with all they are drawn with; none when it
/// is protected, its pages show with its layers or its form, or there are too many.
fn sheets(mut one: Document, free: &Free) -> Option<Carried> {
    let catalog = one.catalog().ok()?;
    let is_more = catalog.has(b"OCProperties") || catalog.has(b"AcroForm");
    if is_more || one.is_encrypted() || one.was_encrypted() {
        return None;
    }
    let sheets: Vec<ObjectId> = one.get_pages().into_values().collect();
    let distinct: BTreeSet<&ObjectId> = sheets.iter().collect();
    if sheets.is_empty() || sheets.len() > MOST_PAGES || distinct.len() < sheets.len() {
        return None;
    }
    // What the groups say is said again on each of their pages.
    let mut memory = free.memory / 4;
    let mut alone = Vec::new();
    for sheet in &sheets {
        let page = Object::Dictionary(settled(&one, *sheet)?);
        memory = memory.checked_sub(weight::of(&page))?;
        alone.push(page);
    }
    one.objects.extend(sheets.iter().copied().zip(alone));
    let mut carried = carry(one, &sheets, free.last)?;
    for page in &carried.pages {
        let page = carried.objects.get_mut(page)?.as_dict_mut().ok()?;
        page.set("Parent", free.group);
    }
    (carried.memory <= free.memory).then_some(carried)
}

/// The page as it is without the groups it was in; none when something is drawn over it (a stamp, a
/// note), or it has no size.
fn settled(one: &Document, sheet: ObjectId) -> Option<Dictionary> {
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
    for tag in ["Parent", "StructParents", "Tabs", "Annots", "AA"] {
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
