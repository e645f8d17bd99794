//! Reading a PDF of others: one at a time in the whole program, within bounds of memory and time, on a
//! thread whose stack is deep enough.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use lopdf::{Document, LoadOptions, Object, ObjectId, Stream, dictionary};

use crate::letters::harmless::is_harmless;
use crate::letters::{packed, weight};

/// Most bytes of memory for the values of one, and of all those of a file to print together.
const MOST_MEMORY: usize = 20 * 1024 * 1024;

/// How long reading one may take: those that staff add take a second at most.
const LONGEST: Duration = Duration::from_secs(10);

/// How long reading all those of a file to print may take.
const LONGEST_OF_ALL: Duration = Duration::from_secs(40);

/// A stream may name the length of another as its own, and so on.
const STACK: usize = 128 * 1024 * 1024;

/// What may still be read of the file that this thread reads. lopdf takes a function without values
/// of its own, and objects of a hostile file may lie over each other: the sum is not in the file.
#[derive(Clone, Copy)]
struct Left {
    bytes: usize,
    until: Instant,
}

thread_local! {
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

/// What those of one file to print may still take, all together.
pub(super) struct Budget {
    memory: usize,
    until: Instant,
}

impl Budget {
    /// All there is.
    pub(super) fn new() -> Self {
        Self {
            memory: MOST_MEMORY,
            until: Instant::now() + LONGEST_OF_ALL,
        }
    }

    /// Bytes of memory that are left.
    pub(super) const fn memory(&self) -> usize {
        self.memory
    }

    /// Takes what stays in memory of one that was read.
    pub(super) const fn spend(&mut self, bytes: usize) {
        self.memory = self.memory.saturating_sub(bytes);
    }

    /// What `made` makes of it; none when it is broken, protected or would take more than is left, or is
    /// written in a way of its own: nothing is repaired.
    pub(super) fn read<T: Send>(
        &self,
        pdf: &[u8],
        made: impl FnOnce(Document) -> Option<T> + Send,
    ) -> Option<T> {
        let is_over = self.until <= Instant::now();
        if is_over || !is_harmless(pdf, self.memory) {
            return None;
        }
        let left = Left {
            bytes: pdf.len() + self.memory,
            until: self.until.min(Instant::now() + LONGEST),
        };
        thread::scope(|scope| {
            let reader = thread::Builder::new().stack_size(STACK);
            let reader = reader.spawn_scoped(scope, || loaded(pdf, left).and_then(made));
            reader.ok()?.join().ok()?
        })
    }
}

fn loaded(pdf: &[u8], left: Left) -> Option<Document> {
    LEFT.set(Some(left));
    let options = LoadOptions {
        max_decompressed_size: Some(packed::MOST_BYTES),
        strict: true,
        filter: Some(weighed),
        ..LoadOptions::default()
    };
    let one = Document::load_mem_with_options(pdf, options).ok()?;
    LEFT.take().map(|_left| one)
}

/// Weighs an object, and keeps it if it is not too much.
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
        let stream = object.as_stream().ok();
        // Its length is not known yet: it would be read later, uncounted.
        let is_open = stream.is_some_and(|stream| stream.start_position.is_some());
        let content = stream.map_or(0, |stream| stream.content.len());
        let bytes = weight::OBJECT + weight::of(object) + content;
        let left = self.bytes.checked_sub(bytes)?;
        (is_in_time && !is_open).then_some(Self {
            bytes: left,
            ..self
        })
    }
}
