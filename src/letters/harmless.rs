//! What a PDF of others must be before lopdf reads it: one that cannot unpack to more memory than a
//! machine has, however it is written. Anything unusual is refused, and prints apart.

use crate::letters::packed::{self, Held};
use crate::letters::weight::{self, is_delimiter, is_space};

/// Most objects that the packed tables of a file list, together.
const MOST_LISTED: usize = 200_000;

/// Most packed objects with the sign of a comment.
const MOST_REMARKS: usize = 200;

/// Most tables of objects beside the last: an update of the file adds one.
const MOST_TABLES: usize = 6;

/// Most streams whose length stands elsewhere: each may lead to the next, deeper and deeper.
const MOST_LENGTHS: usize = 2_000;

/// Most bytes of a name that is looked at.
const MOST_NAME: usize = 12;

/// Whether it may be read, and what is read takes no more bytes of memory than this.
pub(super) fn is_harmless(pdf: &[u8], memory: usize) -> bool {
    let mut found = Found::default();
    let plain = weight::of_bytes(pdf);
    let slashes = pdf.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    for (at, _) in slashes {
        let left = memory.checked_sub(plain + found.unpacked());
        let Some(()) = left.and_then(|left| found.take((pdf, at), left)) else {
            return false;
        };
        if !found.is_little() {
            return false;
        }
    }
    plain + found.unpacked() <= memory
}

/// What was found so far.
#[derive(Default)]
struct Found {
    held: Held,
    tables: usize,
    listed: usize,
    lengths: usize,
}

impl Found {
    /// Takes the name that begins here; none when there must be no such name.
    fn take(&mut self, (pdf, at): (&[u8], usize), memory: usize) -> Option<()> {
        let (name, after) = name(pdf.get(at + 1..)?);
        let follows = Follows::read(after);
        match (name.as_slice(), follows) {
            (b"Encrypt", _) => return None,
            // Only a stream that packs objects has a number there; the first bookmark is elsewhere.
            (b"First", Follows::Number | Follows::Other) => {
                self.held += packed::held(pdf, at, memory)?;
            }
            (b"Prev", Follows::Number | Follows::Other) | (b"XRefStm", _) => self.tables += 1,
            (b"Size", Follows::Number) => self.list(leading(spaces(after))?),
            // The size of an image, or of a table that is refused for it.
            (b"Size", Follows::Other) => return spaces(after).starts_with(b"[").then_some(()),
            (b"Index", _) => self.list(sections(spaces(after))?),
            (b"Length", Follows::Reference | Follows::Other) => self.lengths += 1,
            _ => {}
        }
        Some(())
    }

    const fn list(&mut self, n_objects: usize) {
        self.listed = self.listed.saturating_add(n_objects);
    }

    /// What its packed objects take. One may be the length of a stream: then lopdf reads them twice.
    const fn unpacked(&self) -> usize {
        if self.lengths > 0 {
            2 * self.held.memory
        } else {
            self.held.memory
        }
    }

    const fn is_little(&self) -> bool {
        self.listed <= MOST_LISTED
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

/// The number that these bytes begin with.
fn leading(bytes: &[u8]) -> Option<usize> {
    let n = bytes.iter().take_while(|byte| byte.is_ascii_digit());
    let digits = str::from_utf8(bytes.get(..n.count())?).ok()?;
    digits.parse().ok()
}

/// How many objects the sections of a packed table list: pairs of a first number and how many.
fn sections(bytes: &[u8]) -> Option<usize> {
    let inside = bytes.strip_prefix(b"[")?;
    let end = inside.iter().position(|byte| *byte == b']')?;
    let words = str::from_utf8(inside.get(..end)?).ok()?;
    let words = words.split_ascii_whitespace();
    let numbers: Option<Vec<usize>> = words.map(|word| word.parse().ok()).collect();
    let numbers = numbers?;
    numbers
        .iter()
        .skip(1)
        .step_by(2)
        .try_fold(0, |sum, n| n.checked_add(sum))
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
