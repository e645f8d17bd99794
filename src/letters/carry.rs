//! Pages taken out of their document with what they are drawn with, under new numbers: nothing else
//! comes along, and what is not there is not found among the objects of another document.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::letters::weight;

/// What is said of a whole document, and not of what its pages show.
const OF_THE_WHOLE: [&[u8]; 5] = [
    b"Catalog",
    b"Pages",
    b"StructTreeRoot",
    b"StructElem",
    b"Metadata",
];

/// Pages, with what they are drawn with.
pub(super) struct Carried {
    pub(super) objects: BTreeMap<ObjectId, Object>,
    /// The pages among them, in order.
    pub(super) pages: Vec<ObjectId>,
    /// Bytes of memory of their values.
    pub(super) memory: usize,
}

/// Takes these pages out of the document, numbered from after `last`; none when one is not there.
pub(super) fn carry(one: Document, pages: &[ObjectId], last: u32) -> Option<Carried> {
    let mut from = From {
        objects: one.objects,
        numbers: BTreeMap::new(),
        waiting: Vec::new(),
        last,
    };
    let numbered: Option<Vec<ObjectId>> = pages.iter().map(|page| from.number(*page)).collect();
    let mut carried = Carried {
        objects: BTreeMap::new(),
        pages: numbered?,
        memory: 0,
    };
    while let Some((id, number)) = from.waiting.pop() {
        let mut object = from.objects.remove(&id)?;
        from.renumber(&mut object);
        carried.memory += weight::OBJECT + weight::of(&object);
        carried.objects.insert(number, object);
    }
    Some(carried)
}

/// The document they are taken from.
struct From {
    objects: BTreeMap<ObjectId, Object>,
    /// The new number of each that comes along.
    numbers: BTreeMap<ObjectId, ObjectId>,
    /// Those of them still to be taken.
    waiting: Vec<(ObjectId, ObjectId)>,
    last: u32,
}

impl From {
    /// Its new number; none when it is not there, or stays.
    fn number(&mut self, id: ObjectId) -> Option<ObjectId> {
        if let Some(number) = self.numbers.get(&id) {
            return Some(*number);
        }
        let kind = self.objects.get(&id)?.as_dict();
        let kind = kind.and_then(Dictionary::get_type);
        if kind.is_ok_and(|kind| OF_THE_WHOLE.contains(&kind)) {
            return None;
        }
        self.last = self.last.checked_add(1)?;
        let number = (self.last, 0);
        self.numbers.insert(id, number);
        self.waiting.push((id, number));
        Some(number)
    }

    fn renumber(&mut self, value: &mut Object) {
        match value {
            Object::Reference(id) => {
                *value = self.number(*id).map_or(Object::Null, Object::Reference);
            }
            Object::Array(values) => values.iter_mut().for_each(|value| self.renumber(value)),
            Object::Dictionary(values) => self.renumber_entries(values),
            Object::Stream(stream) => self.renumber_entries(&mut stream.dict),
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..) => {}
        }
    }

    fn renumber_entries(&mut self, values: &mut Dictionary) {
        for (_, value) in values.iter_mut() {
            self.renumber(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    #[test]
    fn only_what_pages_show_comes_along() {
        let mut one = Document::with_version("1.5");
        let heavy = one.add_object(vec![Object::Integer(1); 1_000]);
        let drawn = one.add_object(Stream::new(dictionary! {}, b"BT ET".to_vec()));
        let tags = one.add_object(dictionary! { "Type" => "StructElem", "K" => heavy });
        let page = one.new_object_id();
        let says = dictionary! {
            "Type" => "Page", "Contents" => drawn, "Tags" => tags, "Lost" => (999, 0),
            "Itself" => vec![page.into()],
        };
        one.objects.insert(page, says.into());
        let carried = carry(one, &[page], 500).unwrap();
        assert_eq!(carried.pages, [(501, 0)]);
        let numbers: Vec<ObjectId> = carried.objects.keys().copied().collect();
        assert_eq!(numbers, [(501, 0), (502, 0)]);
        let page = carried.objects.get(&(501, 0)).unwrap().as_dict().unwrap();
        assert_eq!(page.get(b"Contents").unwrap(), &Object::Reference((502, 0)));
        assert_eq!(page.get(b"Tags").unwrap(), &Object::Null);
        assert_eq!(page.get(b"Lost").unwrap(), &Object::Null);
        let itself = page.get(b"Itself").unwrap().as_array().unwrap();
        assert_eq!(itself, &[Object::Reference((501, 0))]);
    }
}
