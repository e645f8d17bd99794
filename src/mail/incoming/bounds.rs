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

/// Whether the raw bytes can hold more parts than are looked into. The parser keeps every part, and
/// drops nested messages one inside the other: it must never see such a thing. Each part but plain
/// text names its kind, so that counting those names is enough.
pub(super) fn may_hold_too_many_parts(raw: &[u8]) -> bool {
    const NAME: &[u8] = b"content-type";
    let names_kind = |line: &&[u8]| {
        line.get(..NAME.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(NAME))
    };
    let lines = raw.split(|byte| matches!(byte, b'\n' | b'\r'));
    // One is that of the whole, and some come with messages that are joined.
    lines.filter(names_kind).take(2 * MAX_PARTS + 1).count() > 2 * MAX_PARTS
}

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
