//! What is looked into, and what is only kept: an e-mail can be built to exhaust whoever reads it.

/// Largest e-mail that is taken whole, in bytes.
pub const LARGEST: u64 = 25 * 1024 * 1024;
/// Bytes kept of a larger one: its headers, and the beginning of its text.
pub const HEAD: u64 = 64 * 1024;

/// Most parts of an e-mail that is looked into.
pub(super) const MAX_PARTS: usize = 200;
/// Deepest nesting of one.
pub(super) const MAX_DEPTH: usize = 20;
/// Most characters kept of a text.
pub(super) const MAX_TEXT: usize = 100_000;

/// A text as it is kept: line ends as LF, no control character, at most `max` characters.
pub(super) fn tidy_text(text: &str, max: usize) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let kept: String = text.chars().filter(kept).take(max).collect();
    kept.trim().to_owned()
}

/// One line as it is kept: controls and marks that turn the direction of what follows become spaces.
pub(super) fn tidy_line(line: &str, max: usize) -> String {
    let spaced = line.chars().take(4 * max).map(|c| match c {
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    });
    let spaced: String = spaced.collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").chars().take(max).collect()
}
