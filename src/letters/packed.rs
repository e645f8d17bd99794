//! The streams in which a PDF packs its objects, read before anyone unpacks them: plain ones only.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Object, ObjectStream, Stream, dictionary};

use crate::letters::weight::{self, is_delimiter, is_space};

/// Most bytes that one of them unpacks to.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Most bytes of its dictionary.
const MOST_DICTIONARY: usize = 400;

/// What the streams of a file hold, all together.
#[derive(Clone, Copy, Default)]
pub(super) struct Held {
    /// Bytes of memory of what they unpack to.
    pub(super) memory: usize,
    /// Objects that hold the sign of a comment, which could run through those after them.
    pub(super) remarks: usize,
}

impl std::ops::AddAssign for Held {
    fn add_assign(&mut self, other: Self) {
        self.memory += other.memory;
        self.remarks += other.remarks;
    }
}

/// The one whose `/First` stands at `key`; none unless it is of the plain form, every object whole
/// and between its neighbours, so that reading all of them reads each byte once, and they take no more
/// bytes of memory than this.
pub(super) fn held(pdf: &[u8], key: usize, memory: usize) -> Option<Held> {
    let (before, after) = pdf.split_at_checked(key)?;
    let recent = before.len().saturating_sub(MOST_DICTIONARY);
    let opens = recent + last(before.get(recent..)?, b"<<")?;
    let closes = key + first(after.get(..MOST_DICTIONARY).unwrap_or(after), b">>")?;
    if !is_headed(pdf.get(..opens)?) {
        return None;
    }
    let plain = Plain::read(pdf.get(opens + 2..closes)?)?;
    let content = plain.content(pdf.get(closes + 2..)?)?;
    members(&content, &plain, memory)
}

fn first(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|here| here == sought)
}

fn last(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).rposition(|here| here == sought)
}

/// Whether `12 0 obj` comes last, on a line of its own: in no comment, and in no dictionary.
fn is_headed(before: &[u8]) -> bool {
    let Some(number) = before.trim_ascii_end().strip_suffix(b"obj") else {
        return false;
    };
    let start = number
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let line = number.get(start.map_or(0, |at| at + 1)..);
    let words = line.and_then(|line| str::from_utf8(line).ok());
    words.is_some_and(|words| {
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        words.len() == 2 && words.iter().all(|word| word.parse::<u32>().is_ok())
    })
}

/// Its dictionary: names and integers.
#[derive(Default)]
struct Plain {
    n: Option<usize>,
    first: Option<usize>,
    length: Option<usize>,
    is_packed: bool,
}

impl Plain {
    fn read(inside: &[u8]) -> Option<Self> {
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || is_space(*byte) || *byte == b'/';
        let text = str::from_utf8(inside).ok()?;
        if !inside.iter().all(is_plain) {
            return None;
        }
        let apart = text.replace('/', " /");
        let words: Vec<&str> = apart.split_ascii_whitespace().collect();
        let mut plain = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for pair in words.chunks(2) {
            let [key, value] = pair else { return None };
            if seen.contains(key) {
                return None;
            }
            seen.push(key);
            match (*key, *value) {
                ("/Type", "/ObjStm") => {}
                ("/Filter", "/FlateDecode") => plain.is_packed = true,
                ("/N", value) => plain.n = Some(value.parse().ok()?),
                ("/First", value) => plain.first = Some(value.parse().ok()?),
                ("/Length", value) => plain.length = Some(value.parse().ok()?),
                _ => return None,
            }
        }
        Some(plain)
    }

    fn content(&self, after: &[u8]) -> Option<Vec<u8>> {
        let data = after.trim_ascii_start().strip_prefix(b"stream")?;
        let data = data
            .strip_prefix(b"\r\n")
            .or_else(|| data.strip_prefix(b"\n"))?;
        let (data, after) = data.split_at_checked(self.length?)?;
        if !after.trim_ascii_start().starts_with(b"endstream") {
            return None;
        }
        let most = u64::try_from(MOST_BYTES).ok()?;
        let mut content = Vec::new();
        if self.is_packed {
            let mut unpacked = ZlibDecoder::new(data).take(most + 1);
            unpacked.read_to_end(&mut content).ok()?;
        } else {
            content.extend_from_slice(data);
        }
        (content.len() <= MOST_BYTES).then_some(content)
    }
}

/// What it holds; none unless its header numbers as many objects as it says, one after the other.
fn members(content: &[u8], plain: &Plain, memory: usize) -> Option<Held> {
    let (header, body) = content.split_at_checked(plain.first?)?;
    let numbers: Option<Vec<u32>> = str::from_utf8(header)
        .ok()?
        .split_ascii_whitespace()
        .map(|number| number.parse().ok())
        .collect();
    let (pairs, odd) = numbers.as_deref()?.as_chunks::<2>();
    let starts: Result<Vec<usize>, _> = pairs
        .iter()
        .map(|[_, start]| usize::try_from(*start))
        .collect();
    let starts = starts.ok()?;
    if !odd.is_empty() || Some(starts.len()) != plain.n {
        return None;
    }
    if starts.first().is_some_and(|start| *start != 0) || !starts.is_sorted_by(|a, b| a < b) {
        return None;
    }
    let values = weight::of_bytes(body) + starts.len() * weight::OBJECT;
    let mut held = Held {
        memory: content.len() + values,
        remarks: 0,
    };
    if held.memory > memory {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    for (start, end) in starts.iter().zip(ends) {
        let member = body.get(*start..end)?;
        let next = body.get(end).copied();
        if !is_whole(member) || !is_apart(member, next) {
            return None;
        }
        held.remarks += usize::from(member.contains(&b'%'));
    }
    Some(held)
}

/// Whether these bytes are an object, without those that follow.
fn is_whole(member: &[u8]) -> bool {
    let alone = [b"1 0 ", member].concat();
    let alone = Stream::new(
        dictionary! { "N" => Object::Integer(1), "First" => Object::Integer(4) },
        alone,
    );
    ObjectStream::new(&alone).is_ok_and(|read| read.objects.len() == 1)
}

/// Whether no word runs on into what follows.
fn is_apart(member: &[u8], next: Option<u8>) -> bool {
    let ends = |byte: u8| is_space(byte) || is_delimiter(byte);
    member.last().copied().is_some_and(ends) || next.is_none_or(ends)
}
