//! The directory of a ZIP archive, read without decompressing anything, within bounds.

use std::io::Read;

use crate::files::{Format, Refused};

/// Where the directory's end record can be: it is followed by a comment of any length.
pub(super) const TAIL: u64 = 22 + 65_535;
/// Largest directory that is read, in bytes.
const MAX_DIRECTORY: u64 = 512 * 1024;
/// Most files in an archive.
const MAX_ENTRIES: usize = 5_000;
/// Most bytes that all its files together may become.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// Most bytes that one byte may become, over the whole archive.
const MAX_RATIO: u64 = 200;
/// Largest list of contents that is read, packed and unpacked.
const MAX_CONTENTS: u64 = 256 * 1024;

/// Where the directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// From the beginning of the archive.
    pub(super) offset: u64,
    /// In bytes.
    pub(super) length: u64,
}

/// One file of the archive, as the directory declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    name: Vec<u8>,
    /// Whether it is deflated; else stored as it is.
    pub(super) is_deflated: bool,
    /// Packed size.
    pub(super) packed: u64,
    unpacked: u64,
    /// Where its own header is.
    pub(super) header: u64,
}

/// Finds the directory of an archive of `size` bytes in its last bytes.
pub(super) fn find(tail: &[u8], size: u64) -> Result<Place, Refused> {
    let place = tail
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x05\x06")
        .ok_or(Refused::Damaged)?;
    let record = tail.get(place..).unwrap_or_default();
    let number = |at| u32_at(record, at).map(u64::from).ok_or(Refused::Damaged);
    let (length, offset) = (number(12)?, number(16)?);
    let before_tail = size.saturating_sub(u64::try_from(tail.len()).unwrap_or(u64::MAX));
    let end = before_tail + u64::try_from(place).unwrap_or(u64::MAX);
    if length > MAX_DIRECTORY {
        return Err(Refused::Bomb);
    }
    if offset.saturating_add(length) != end {
        return Err(Refused::Damaged);
    }
    Ok(Place { offset, length })
}

/// Reads the directory.
pub(super) fn entries(mut directory: &[u8]) -> Result<Vec<Entry>, Refused> {
    let mut entries = Vec::new();
    while !directory.is_empty() {
        let (entry, rest) = entry(directory).ok_or(Refused::Damaged)?;
        entries.push(entry);
        if entries.len() > MAX_ENTRIES {
            return Err(Refused::Bomb);
        }
        directory = rest;
    }
    Ok(entries)
}

fn entry(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    let bytes = bytes.strip_prefix(b"PK\x01\x02")?;
    let length = |at| u16_at(bytes, at).map(usize::from);
    let number = |at| u32_at(bytes, at).map(u64::from);
    let (name, extra, comment) = (length(24)?, length(26)?, length(28)?);
    let entry = Entry {
        name: bytes.get(42..42 + name)?.to_vec(),
        is_deflated: match u16_at(bytes, 6)? {
            0 => false,
            8 => true,
            // Word and LibreOffice write no other.
            _ => return None,
        },
        packed: number(16)?,
        unpacked: number(20)?,
        header: number(38)?,
    };
    Some((entry, bytes.get(42 + name + extra + comment..)?))
}

/// Whether what the directory declares is a document that can be opened safely. Returns the entry
/// of the list of contents, which tells a Word document's macros whatever their name.
pub(super) fn judge(format: Format, size: u64, entries: &[Entry]) -> Result<&Entry, Refused> {
    let sum = |part: fn(&Entry) -> u64| entries.iter().map(part).fold(0, u64::saturating_add);
    let (packed, unpacked) = (sum(|entry| entry.packed), sum(|entry| entry.unpacked));
    // More packed bytes than the archive has: its files overlap.
    if packed > size || unpacked > MAX_UNPACKED || unpacked > size.saturating_mul(MAX_RATIO) {
        return Err(Refused::Bomb);
    }
    let named = |wanted: &[u8]| entries.iter().find(|entry| entry.name == wanted);
    let is_macro = |entry: &Entry| {
        let name = entry.name.to_ascii_lowercase();
        name.ends_with(b"vbaproject.bin")
            || name.starts_with(b"basic/")
            || name.starts_with(b"scripts/")
    };
    if entries.iter().any(is_macro) {
        return Err(Refused::Macros);
    }
    let (main, contents) = if format == Format::Docx {
        ("word/document.xml", "[Content_Types].xml")
    } else {
        ("content.xml", "mimetype")
    };
    let contents = named(contents.as_bytes()).filter(|_| named(main.as_bytes()).is_some());
    let contents = contents.ok_or(Refused::NotWhatItSays {
        announced: format,
        found: None,
    })?;
    if contents.packed > MAX_CONTENTS {
        return Err(Refused::Bomb);
    }
    Ok(contents)
}

/// How many bytes of an entry's own header to read before its content.
pub(super) const HEADER: u64 = 30;

/// Where the content begins after the entry's own header.
pub(super) fn content_after(header: &[u8]) -> Result<u64, Refused> {
    let header = header.strip_prefix(b"PK\x03\x04").ok_or(Refused::Damaged)?;
    let length = |at| u16_at(header, at).map(u64::from).ok_or(Refused::Damaged);
    Ok(HEADER + length(22)? + length(24)?)
}

/// Whether the list of contents is the one of this format, without macros.
pub(super) fn judge_contents(format: Format, entry: &Entry, packed: &[u8]) -> Result<(), Refused> {
    let mut list = Vec::new();
    let unpacked = if entry.is_deflated {
        flate2::read::DeflateDecoder::new(packed)
            .take(MAX_CONTENTS)
            .read_to_end(&mut list)
    } else {
        packed.take(MAX_CONTENTS).read_to_end(&mut list)
    };
    unpacked.map_err(|_damaged| Refused::Damaged)?;
    let list = list.to_ascii_lowercase();
    let holds = |wanted: &[u8]| list.windows(wanted.len()).any(|bytes| bytes == wanted);
    if holds(b"macroenabled") || holds(b"vbaproject") {
        return Err(Refused::Macros);
    }
    let is_ours = if format == Format::Docx {
        holds(b"wordprocessingml.document.main+xml")
    } else {
        list == format.media_type().as_bytes()
    };
    if is_ours {
        Ok(())
    } else {
        Err(Refused::NotWhatItSays {
            announced: format,
            found: None,
        })
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|pair| u16::from_le_bytes(*pair))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..)?
        .first_chunk()
        .map(|four| u32::from_le_bytes(*four))
}
