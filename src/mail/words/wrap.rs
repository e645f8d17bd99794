//! Breaking long lines for e-mail, where some programs show them whole.

/// Longest line, in characters, unless one word is longer.
pub(in crate::mail) const WRAPPED_AT: usize = 76;

/// Breaks the lines longer than [`WRAPPED_AT`] at spaces, never at no-break ones. A line keeps its
/// indentation and a list item hangs, so a text typed with care keeps its shape; line ends become
/// `\n`, and the text ends with one.
pub(super) fn wrap(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len() + text.len() / 50);
    for line in text.trim_end().lines() {
        wrap_line(line.trim_end(), &mut wrapped);
        wrapped.push('\n');
    }
    wrapped
}

fn wrap_line(line: &str, wrapped: &mut String) {
    let (indent, words) = split_indent(line);
    wrapped.push_str(indent);
    let hanging = " ".repeat(indent.chars().count());
    let mut column = hanging.len();
    for (place, word) in words.split(' ').enumerate() {
        let length = word.chars().count();
        if place > 0 {
            if column + 1 + length > WRAPPED_AT {
                wrapped.push('\n');
                wrapped.push_str(&hanging);
                column = hanging.len();
            } else {
                wrapped.push(' ');
                column += 1;
            }
        }
        wrapped.push_str(word);
        column += length;
    }
}

/// The spaces and the dash of a list item before the words, if they leave room for words.
fn split_indent(line: &str) -> (&str, &str) {
    let words = line.trim_start_matches(' ');
    let words = words.strip_prefix("- ").unwrap_or(words);
    let (indent, words) = line
        .split_at_checked(line.len() - words.len())
        .unwrap_or(("", line));
    if indent.len() > WRAPPED_AT / 2 {
        ("", line)
    } else {
        (indent, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_break_at_spaces_and_keep_every_word() {
        let text = "mot ".repeat(60);
        let wrapped = wrap(&text);
        assert!(
            wrapped
                .lines()
                .all(|line| line.chars().count() <= WRAPPED_AT)
        );
        assert_eq!(wrapped.lines().count(), 4);
        assert_eq!(wrapped.split_whitespace().count(), 60);
    }

    #[test]
    fn no_break_spaces_and_addresses_hold() {
        let before = "x".repeat(WRAPPED_AT - 6);
        let date = "15\u{a0}mai\u{a0}2026";
        assert_eq!(
            wrap(&format!("{before} {date}")),
            format!("{before}\n{date}\n")
        );
        let url = format!("https://example.org/{}", "a".repeat(100));
        assert_eq!(wrap(&url), format!("{url}\n"));
    }

    #[test]
    fn a_typed_text_keeps_its_shape() {
        let typed = "Bonjour,\r\n\r\n\r\n  - un  point\r\n\tdeux\r\n\r\n";
        assert_eq!(wrap(typed), "Bonjour,\n\n\n  - un  point\n\tdeux\n");
        assert_eq!(wrap(""), "");
    }

    #[test]
    fn a_list_item_hangs() {
        let item = format!("- {}", "mot ".repeat(30));
        let wrapped = wrap(&item);
        assert!(
            wrapped
                .lines()
                .skip(1)
                .all(|line| line.starts_with("  mot")),
            "{wrapped}"
        );
    }

    #[test]
    fn endless_indentation_is_only_spaces() {
        let line = format!("{}mot", " ".repeat(200));
        assert_eq!(wrap(&line).trim(), "mot");
    }
}
