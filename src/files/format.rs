//! The formats that are taken, and what the first bytes and the name of a file say of it.

use crate::db::text_code;
use crate::files::text::is_text;

text_code! {
    /// A format that is taken.
    pub enum Format {
        /// PDF.
        Pdf => "pdf",
        /// JPEG picture.
        Jpeg => "jpeg",
        /// PNG picture.
        Png => "png",
        /// HEIC picture, as some phones take.
        Heic => "heic",
        /// Word document, without macros.
        Docx => "docx",
        /// `OpenDocument` text, without macros.
        Odt => "odt",
        /// Plain text.
        Txt => "txt",
        /// An e-mail, as mail programs save it.
        Eml => "eml",
    }
}

impl Format {
    /// The format that a name's extension (lower case) announces.
    pub fn announced_by(extension: &str) -> Option<Self> {
        Some(match extension {
            "pdf" => Self::Pdf,
            "jpg" | "jpeg" => Self::Jpeg,
            "png" => Self::Png,
            "heic" | "heif" => Self::Heic,
            "docx" => Self::Docx,
            "odt" => Self::Odt,
            "txt" => Self::Txt,
            "eml" => Self::Eml,
            _ => return None,
        })
    }

    /// Media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Txt => "text/plain",
            Self::Eml => "message/rfc822",
        }
    }

    /// Whether the file is a ZIP archive inside.
    pub(super) const fn is_archive(self) -> bool {
        matches!(self, Self::Docx | Self::Odt)
    }
}

/// What the first bytes of a file look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// One of our formats.
    Like(Format),
    /// A ZIP archive: what kind, its directory tells.
    LikeArchive,
    /// Something else: a program, a script, a format that is not taken.
    LikeNothingTaken,
}

/// How far a PDF's signature may stand from the beginning.
const PDF_WITHIN: usize = 1024;

/// Looks at the beginning of a file, up to its first piece.
pub(super) fn look(head: &[u8]) -> Looks {
    let found = infer::get(head).map(|found| found.mime_type());
    match found {
        Some("application/pdf") => return Looks::Like(Format::Pdf),
        Some("image/jpeg") => return Looks::Like(Format::Jpeg),
        Some("image/png") => return Looks::Like(Format::Png),
        Some("image/heif") => return Looks::Like(Format::Heic),
        Some("text/html" | "text/xml" | "text/x-shellscript") => return Looks::LikeNothingTaken,
        Some(_) | None => {}
    }
    if head.starts_with(b"PK\x03\x04") {
        return Looks::LikeArchive;
    }
    // A text can begin with the two letters of another format: what it holds decides.
    if is_text(head) {
        if is_script(head) {
            Looks::LikeNothingTaken
        } else if is_email(head) {
            Looks::Like(Format::Eml)
        } else {
            Looks::Like(Format::Txt)
        }
    } else if found.is_none() && holds_pdf(head) {
        Looks::Like(Format::Pdf)
    } else {
        Looks::LikeNothingTaken
    }
}

fn holds_pdf(head: &[u8]) -> bool {
    let near = head.get(..PDF_WITHIN).unwrap_or(head);
    near.windows(5).any(|bytes| bytes == b"%PDF-")
}

/// Beginnings of texts that a program runs, or that a reader takes for another format.
const SCRIPTS: [&[u8]; 8] = [
    b"#!",
    b"<?php",
    b"<script",
    b"<html",
    b"<!doctype",
    b"<?xml",
    b"%!ps",
    b"{\\rtf",
];

fn is_script(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    SCRIPTS.iter().any(|script| {
        head.get(..script.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(script))
    })
}

/// Whether it begins with the header of an e-mail: lines `Name: value`, a sender among them.
pub(super) fn is_email(head: &[u8]) -> bool {
    let mut has_sender = false;
    let mut n_fields = 0_usize;
    for (place, line) in head.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        let continues = line.first().is_some_and(u8::is_ascii_whitespace);
        if (continues && n_fields > 0) || (place == 0 && line.starts_with(b"From ")) {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return false;
        };
        let name = line.get(..colon).unwrap_or_default();
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        n_fields += 1;
        has_sender |= name.eq_ignore_ascii_case(b"from") || name.eq_ignore_ascii_case(b"sender");
    }
    has_sender && n_fields > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(head: &[u8]) -> Vec<u8> {
        let mut bytes = head.to_vec();
        bytes.resize(600, 0);
        bytes
    }

    #[test]
    fn each_format_is_known_by_its_bytes() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        for (head, format) in [
            (bytes(b"%PDF-1.7\n"), Format::Pdf),
            (bytes(b"\xff\xd8\xff\xe0\0\x10JFIF"), Format::Jpeg),
            (bytes(b"\x89PNG\r\n\x1a\n"), Format::Png),
            (bytes(heic), Format::Heic),
            (bytes(b"\0\0junk of a printer\n%PDF-1.4\n"), Format::Pdf),
            (b"Bonjour,\r\n\tmerci.\r\n".to_vec(), Format::Txt),
            ("À bientôt – Zoé 😀".into(), Format::Txt),
            (b"BMW : rien.".to_vec(), Format::Txt),
            (
                b"From: a@example.org\nTo: b@example.org\n\nBonjour".to_vec(),
                Format::Eml,
            ),
        ] {
            assert_eq!(look(&head), Looks::Like(format), "{format:?}");
        }
        assert_eq!(look(&bytes(b"PK\x03\x04")), Looks::LikeArchive);
    }

    #[test]
    fn a_program_or_a_script_is_none_of_them() {
        for head in [
            bytes(b"MZ\x90\0\x03"),
            bytes(b"\x7fELF\x02\x01\x01"),
            b"#!/bin/sh\nrm -rf /\n".to_vec(),
            b"<?php echo 1;".to_vec(),
            b"\xef\xbb\xbf  <HTML><body>".to_vec(),
            b"<!DOCTYPE html><html></html>".to_vec(),
            bytes(b"GIF89a"),
            bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            bytes(b"Rar!\x1a\x07\0"),
            bytes(b"\0\0\0\0"),
        ] {
            assert_eq!(look(&head), Looks::LikeNothingTaken, "{head:02x?}");
        }
    }

    #[test]
    fn the_header_of_an_email_needs_a_sender() {
        assert!(is_email(
            b"From x Mon\nReceived: by\n\tmx\nFROM: a\nDate: b\n\n\xff\0"
        ));
        for text in [
            &b"Date: hier\nObjet: rien\n\n"[..],
            b"From: a",
            b"Bonjour : oui\nFrom: a",
        ] {
            assert!(!is_email(text));
        }
    }
}
