//! The code of a new line of a list.

use unicode_normalization::UnicodeNormalization;

/// A plain code made of the words, unlike those of the other lines.
pub(super) fn new_code(label: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain: String = label
        .nfd()
        .filter(|c| c.is_ascii_alphabetic() || c.is_whitespace())
        .map(|c| {
            if c.is_whitespace() {
                '_'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .take(30)
        .collect();
    let plain = plain.trim_matches('_');
    let mut code = if plain.len() < 2 {
        "line".to_owned()
    } else {
        plain.to_owned()
    };
    while taken(&code) {
        code.push('x');
    }
    code
}
