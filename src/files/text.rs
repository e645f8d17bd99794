//! Whether bytes are text that a person wrote: no control characters, whatever the encoding.

/// The kinds of text that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    /// UTF-8, or one of the old encodings of one byte a letter.
    Bytes,
    /// UTF-16, as its first two bytes say; the value says whether the low byte comes first.
    Pairs { low_first: bool },
}

/// Checks a text that arrives piece by piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextCheck {
    units: Units,
    /// The first byte of a pair that the next piece completes.
    half: Option<u8>,
}

impl TextCheck {
    /// A check of the text that begins so.
    pub(super) fn of(head: &[u8]) -> Self {
        let units = match head {
            [0xff, 0xfe, ..] => Units::Pairs { low_first: true },
            [0xfe, 0xff, ..] => Units::Pairs { low_first: false },
            _ => Units::Bytes,
        };
        Self { units, half: None }
    }

    /// Whether the next piece is text too.
    pub(super) fn takes(&mut self, bytes: &[u8]) -> bool {
        match self.units {
            Units::Bytes => bytes.iter().all(|byte| is_written(u16::from(*byte))),
            Units::Pairs { low_first } => bytes.iter().all(|byte| match self.half.take() {
                None => {
                    self.half = Some(*byte);
                    true
                }
                Some(first) if low_first => is_written(u16::from_le_bytes([first, *byte])),
                Some(first) => is_written(u16::from_be_bytes([first, *byte])),
            }),
        }
    }
}

/// Whether these bytes, the beginning of a file, are text.
pub(super) fn is_text(head: &[u8]) -> bool {
    !head.is_empty() && TextCheck::of(head).takes(head)
}

/// Tabulation, line and page ends are written; other control characters are not.
const fn is_written(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0c | 0x0d) || (unit >= 0x20 && unit != 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_every_encoding_passes_and_bytes_do_not() {
        let utf16: Vec<u8> = "\u{feff}Été\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let utf16_be: Vec<u8> = "\u{feff}Été\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for text in ["Été\r\n".as_bytes(), b"\xc9t\xe9\t1", &utf16, &utf16_be] {
            assert!(is_text(text), "{text:02x?}");
        }
        for other in [
            &b""[..],
            b"a\0b",
            b"\x1b[31m",
            b"\xff\xfea\0\0\0",
            b"\x7fELF",
        ] {
            assert!(!is_text(other), "{other:02x?}");
        }
    }

    #[test]
    fn a_pair_may_be_cut_between_two_pieces() {
        let mut check = TextCheck::of(b"\xff\xfea");
        assert!(check.takes(b"\xff\xfea"));
        assert!(check.takes(b"\0b"));
        assert!(!check.takes(b"\0\0\0"));
    }
}
