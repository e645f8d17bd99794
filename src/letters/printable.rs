//! What paper can bear of a text: the signs our fonts have, no control, no change of direction, and
//! no word that runs off the sheet.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Longest run of letters without a place to break a line: twice the longest French word.
const LONGEST_RUN: usize = 50;

/// Stands where our fonts have no sign.
const MISSING: char = '\u{fffd}';

/// The same value with every string made printable.
pub(super) fn printable(value: Value, has: &impl Fn(char) -> bool) -> Value {
    match value {
        Value::String(text) => Value::String(line_by_line(&text, has)),
        Value::Array(values) => values
            .into_iter()
            .map(|value| printable(value, has))
            .collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, printable(value, has)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

fn line_by_line(text: &str, has: &impl Fn(char) -> bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut printed = String::with_capacity(text.len());
    let mut run = 0;
    for sign in text.nfc().filter_map(|sign| shown(sign, has)) {
        run = if sign.is_whitespace() || sign == '-' {
            0
        } else {
            run + 1
        };
        if run > LONGEST_RUN {
            printed.push('\u{200b}');
            run = 1;
        }
        printed.push(sign);
    }
    printed
}

/// The sign as it is printed; none for what has no shape.
fn shown(sign: char, has: &impl Fn(char) -> bool) -> Option<char> {
    match sign {
        '\n' => Some('\n'),
        '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Marks and changes of direction, joiners, variants, tags: invisible, and some mislead.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}' => None,
        _ if sign.is_control() => None,
        // Every space is drawn as one, whatever the font has.
        _ if sign.is_whitespace() || has(sign) => Some(sign),
        _ => Some(MISSING),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> String {
        line_by_line(text, &|sign| u32::from(sign) < 0x250)
    }

    #[test]
    fn what_misleads_or_cannot_be_drawn_is_taken_out() {
        assert_eq!(print("a\u{0}b\u{202e}c\u{feff}d\te"), "abcd e");
        assert_eq!(print("e\u{301}te\u{301}"), "été");
        assert_eq!(print("un\r\ndeux\rtrois"), "un\ndeux\ntrois");
        assert_eq!(print("漢字"), "\u{fffd}\u{fffd}");
        assert_eq!(print("10\u{a0}€\u{202f}!"), "10\u{a0}\u{fffd}\u{202f}!");
    }

    #[test]
    fn a_very_long_word_can_break() {
        let printed = print(&"a".repeat(120));
        assert_eq!(printed.matches('\u{200b}').count(), 2);
        assert_eq!(print(&"a".repeat(50)), "a".repeat(50));
    }
}
