//! Reading a PDF of others: within bounds of memory and time, on a thread whose stack is deep enough.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use lopdf::{Document, LoadOptions, Object, ObjectId, Stream, dictionary};

use crate::letters::harmless::is_harmless;
use crate::letters::packed;

/// Most values, each of more than a hundred bytes.
const MOST_VALUES: usize = 3_000_000;

/// Most bytes of texts that were packed, beside those of the file itself.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;

/// How long reading one may take: those that staff add take a second at most.
const LONGEST: Duration = Duration::from_secs(10);

/// A stream may name the length of another as its own, and so on.
const STACK: usize = 128 * 1024 * 1024;

/// What may still be read of the file that this thread reads. lopdf takes a function without values
/// of its own, and objects of a hostile file may lie over each other: the sum is not in the file.
#[derive(Clone, Copy)]
struct Left {
    values: usize,
    bytes: usize,
    until: Instant,
}

thread_local! {
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// What `made` makes of it; none when it is broken, protected or would take too much, or is written
/// in a way of its own: nothing is repaired.
pub(super) fn read<T: Send>(
    pdf: &[u8],
    made: impl FnOnce(Document) -> Option<T> + Send,
) -> Option<T> {
    if !is_harmless(pdf) {
        return None;
    }
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK);
        let reader = reader.spawn_scoped(scope, || loaded(pdf).and_then(made));
        reader.ok()?.join().ok()?
    })
}

fn loaded(pdf: &[u8]) -> Option<Document> {
    LEFT.set(Some(Left {
        values: MOST_VALUES,
        bytes: pdf.len() + MOST_UNPACKED,
        until: Instant::now() + LONGEST,
    }));
    let options = LoadOptions {
        max_decompressed_size: Some(packed::MOST_BYTES),
        strict: true,
        filter: Some(weighed),
        ..LoadOptions::default()
    };
    let one = Document::load_mem_with_options(pdf, options).ok()?;
    LEFT.take().map(|_left| one)
}

/// Counts an object, and keeps it if it is not too much.
#[expect(clippy::unnecessary_wraps, reason = "lopdf takes such a function")]
fn weighed(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = LEFT.take().and_then(|left| left.without(object));
    LEFT.set(left);
    if left.is_none() {
        // What cannot be unpacked ends the reading; nothing else that is returned does.
        let broken = Stream::new(dictionary! { "Type" => "ObjStm" }, b"-".to_vec());
        *object = Object::Stream(broken);
        return Some((id, Object::Null));
    }
    // A stream is never packed: lopdf keeps the one it has, and drops this.
    let kept = match object.as_stream() {
        Ok(_) => Object::Null,
        Err(_) => object.clone(),
    };
    Some((id, kept))
}

impl Left {
    fn without(self, object: &Object) -> Option<Self> {
        let is_in_time = Instant::now() < self.until;
        // Its length is not known yet: it would be read later, uncounted.
        let is_open = object
            .as_stream()
            .is_ok_and(|stream| stream.start_position.is_some());
        let mut left = self;
        left.count(object)
            .filter(|()| is_in_time && !is_open)
            .map(|()| left)
    }

    fn count(&mut self, object: &Object) -> Option<()> {
        self.values = self.values.checked_sub(1)?;
        let values: Vec<&Object> = match object {
            Object::Array(values) => values.iter().collect(),
            Object::Dictionary(values) => values.iter().map(|(_, value)| value).collect(),
            Object::Stream(stream) => {
                self.bytes = self.bytes.checked_sub(stream.content.len())?;
                stream.dict.iter().map(|(_, value)| value).collect()
            }
            Object::Name(text) | Object::String(text, _) => {
                self.bytes = self.bytes.checked_sub(text.len())?;
                Vec::new()
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Reference(_) => Vec::new(),
        };
        values.into_iter().try_for_each(|value| self.count(value))
    }
}
