//! Several letters as one file to print: each begins on a sheet of its own, printed on both sides.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use tokio::task::spawn_blocking;

use crate::letters::LetterError;

/// The file to print. Its tags are left out: each letter is kept with its own.
///
/// # Errors
/// When one of them is no PDF.
pub async fn merge(letters: Vec<Vec<u8>>) -> Result<Vec<u8>, LetterError> {
    spawn_blocking(move || merged(&letters))
        .await
        .map_err(|_join| LetterError::BrokenOff)?
}

fn merged(letters: &[Vec<u8>]) -> Result<Vec<u8>, LetterError> {
    let mut whole = Document::with_version("1.7");
    let pages = whole.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for letter in letters {
        let sheets = take(&mut whole, letter, pages)?;
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
    let mut bytes = Vec::new();
    whole.save_to(&mut bytes).map_err(|_io| LetterError::Pdf)?;
    Ok(bytes)
}

/// Moves the pages of a letter over, in order, with all they are drawn with.
fn take(
    whole: &mut Document,
    letter: &[u8],
    pages: ObjectId,
) -> Result<Vec<ObjectId>, LetterError> {
    let mut one = Document::load_mem(letter).map_err(|_error| LetterError::Pdf)?;
    one.renumber_objects_with(whole.max_id + 1);
    let sheets: Vec<ObjectId> = one.get_pages().into_values().collect();
    for sheet in &sheets {
        let page = one
            .get_object_mut(*sheet)
            .and_then(Object::as_dict_mut)
            .map_err(|_error| LetterError::Pdf)?;
        page.set("Parent", pages);
        for tag in ["StructParents", "Tabs", "Annots"] {
            page.remove(tag.as_bytes());
        }
    }
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
    whole.max_id = one.max_id;
    let drawn = one.objects.into_iter();
    whole
        .objects
        .extend(drawn.filter(|(_, object)| !is_of_the_whole(object)));
    Ok(sheets)
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
