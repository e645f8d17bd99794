//! The name of a file, safe to keep, to show and to give back.

use unicode_normalization::UnicodeNormalization;

/// A name without path, control characters or excess length; never blank. Accents and emoji stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

/// Most characters of a name.
const MAX_CHARS: usize = 200;
/// Longest extension that is kept when a name is cut, in characters.
const MAX_EXTENSION: usize = 10;

const UNNAMED: &str = "fichier";

impl FileName {
    /// What can be kept of a sender's name: the part after the last slash, of the shape NFC.
    pub fn parse(sent: &str) -> Self {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = last.nfc().filter_map(kept).collect();
        let name = kept
            .trim_matches(|c: char| c.is_whitespace() || c == '.')
            .to_owned();
        Self(if name.is_empty() {
            UNNAMED.to_owned()
        } else {
            shortened(&name)
        })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the last full stop, in lower case; blank without one.
    pub fn extension(&self) -> String {
        split(&self.0).1.to_lowercase()
    }
}

/// The character as it is kept, if it is.
fn kept(c: char) -> Option<char> {
    match c {
        _ if c.is_control() => None,
        // They turn the direction of what follows: « fdp.exe » would read « exe.pdf ».
        '\u{061c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => None,
        // Some systems refuse them in a name.
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => Some('_'),
        c => Some(c),
    }
}

/// The name before its extension, and the extension.
fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_CHARS {
        return name.to_owned();
    }
    let (stem, extension) = split(name);
    let length = extension.chars().count();
    if length == 0 || length > MAX_EXTENSION {
        return name.chars().take(MAX_CHARS).collect();
    }
    let stem: String = stem.chars().take(MAX_CHARS - 1 - length).collect();
    format!("{stem}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(sent: &str) -> String {
        FileName::parse(sent).0
    }

    #[test]
    fn what_could_harm_is_taken_out_and_the_rest_stays() {
        for (sent, kept) in [
            ("facture.pdf", "facture.pdf"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\Zoé\\lettre.docx", "lettre.docx"),
            ("photo\0 1\r\n.jpg", "photo 1.jpg"),
            ("cafe\u{301} 😀👩\u{200d}👧.png", "café 😀👩\u{200d}👧.png"),
            ("rib\u{202e}fdp.exe", "ribfdp.exe"),
            ("a<b>:\"c\"|?*.pdf", "a_b___c____.pdf"),
            ("..", "fichier"),
            ("", "fichier"),
            ("\u{1}", "fichier"),
            ("/", "fichier"),
            (" .pdf. ", "pdf"),
        ] {
            assert_eq!(parsed(sent), kept, "{sent:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let long = parsed(&format!("{}.pdf", "é".repeat(300)));
        assert_eq!(long.chars().count(), 200);
        assert!(long.ends_with("é.pdf"));
        assert_eq!(parsed(&"a".repeat(300)).len(), 200);
        assert_eq!(parsed(&format!("a.{}", "b".repeat(300))).len(), 200);
    }

    #[test]
    fn the_extension_is_what_follows_the_last_full_stop() {
        let extension = |name| FileName::parse(name).extension();
        assert_eq!(extension("Facture.PDF"), "pdf");
        assert_eq!(extension("facture.pdf.exe"), "exe");
        assert_eq!(extension("facture"), "");
    }
}
