//! What a PDF of others must be before lopdf reads it: one that cannot unpack to more memory than a
//! machine has, however it is written. Anything unusual is refused, and prints apart.

use crate::letters::packed::{self, Held};

/// Most objects in the streams that pack them.
const MOST_OBJECTS: usize = 100_000;

/// Most bytes that these streams unpack to.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;

/// Most words: each may become a value, of more than a hundred bytes of memory.
const MOST_WORDS: usize = 3_000_000;

/// Most packed objects with the sign of a comment.
const MOST_REMARKS: usize = 200;

/// Most tables of objects beside the last: an update of the file adds one.
const MOST_TABLES: usize = 6;

/// Most streams whose length stands elsewhere: each may lead to the next, deeper and deeper.
const MOST_LENGTHS: usize = 2_000;

/// Most bytes of a name that is looked at.
const MOST_NAME: usize = 12;

/// Whether it may be read.
pub(super) fn is_harmless(pdf: &[u8]) -> bool {
    let mut found = Found::default();
    let slashes = pdf.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    for (at, _) in slashes {
        if !found.take(pdf, at).is_some_and(|()| found.is_little()) {
            return false;
        }
    }
    n_words(pdf) + found.held.words <= MOST_WORDS
}

/// What was found so far.
#[derive(Default)]
struct Found {
    held: Held,
    tables: usize,
    lengths: usize,
}

impl Found {
    /// Takes the name that begins here; none when there must be no such name.
    fn take(&mut self, pdf: &[u8], at: usize) -> Option<()> {
        let (name, after) = name(pdf.get(at + 1..)?);
        let follows = Follows::read(after);
        match (name.as_slice(), follows) {
            (b"Encrypt", _) => return None,
            // Only a stream that packs objects has a number there; the first bookmark is elsewhere.
            (b"First", Follows::Number | Follows::Other) => self.held += packed::held(pdf, at)?,
            (b"Prev", Follows::Number | Follows::Other) | (b"XRefStm", _) => self.tables += 1,
            (b"Length", Follows::Reference | Follows::Other) => self.lengths += 1,
            _ => {}
        }
        Some(())
    }

    const fn is_little(&self) -> bool {
        self.held.objects <= MOST_OBJECTS
            && self.held.bytes <= MOST_UNPACKED
            && self.held.remarks <= MOST_REMARKS
            && self.tables <= MOST_TABLES
            && self.lengths <= MOST_LENGTHS
    }
}

/// What follows a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    Number,
    Reference,
    Other,
}

impl Follows {
    fn read(after: &[u8]) -> Self {
        let Some(after) = number(spaces(after)) else {
            return Self::Other;
        };
        let more = spaces(after);
        match number(more).map(spaces) {
            Some([b'R', ..]) => Self::Reference,
            None if !more.starts_with(b"%") => Self::Number,
            Some(_) | None => Self::Other,
        }
    }
}

fn spaces(bytes: &[u8]) -> &[u8] {
    let n = bytes.iter().take_while(|byte| is_space(**byte)).count();
    bytes.get(n..).unwrap_or_default()
}

/// What comes after the digits that these bytes begin with.
fn number(bytes: &[u8]) -> Option<&[u8]> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit());
    let n = digits.count();
    bytes.get(n..).filter(|_| n > 0)
}

/// A name as lopdf reads it, escapes undone, and what comes after.
fn name(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut name = Vec::new();
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        match (byte, after) {
            _ if is_space(*byte) || is_delimiter(*byte) || name.len() > MOST_NAME => break,
            (b'#', [high, low, after @ ..]) => {
                let Some(escaped) = escaped(*high, *low) else {
                    break;
                };
                name.push(escaped);
                rest = after;
            }
            (b'#', _) => break,
            _ => {
                name.push(*byte);
                rest = after;
            }
        }
    }
    (name, rest)
}

fn escaped(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0 | b'\x0c')
}

pub(super) const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// About how many values these bytes may be read as: `nullnull` and `1+1` are two each.
pub(super) fn n_words(bytes: &[u8]) -> usize {
    let mut is_after_space = true;
    let mut n_words = 0;
    for byte in bytes {
        let begins = matches!(byte, b'+' | b'-' | b'.' | b'n' | b't' | b'f');
        let is_space = is_space(*byte);
        let is_apart = is_space || is_delimiter(*byte);
        n_words += usize::from(!is_space && (is_after_space || is_apart || begins));
        is_after_space = is_apart;
    }
    n_words
}
