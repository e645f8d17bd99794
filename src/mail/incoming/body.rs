//! The text of an e-mail, as a person reads it.

use mail_parser::{Message, PartType};

use super::bounds::{MAX_TEXT, tidy_text};
use super::html;

/// Largest HTML that is turned to text, in bytes.
const MAX_HTML: usize = 2 * 1024 * 1024;

/// The text: its plain parts, else its HTML turned to text.
pub(super) fn text(mail: &Message<'_>) -> String {
    let mut whole = String::new();
    for part in mail.text_bodies() {
        match &part.body {
            PartType::Text(text) => add(&mut whole, text),
            PartType::Html(html) => add(&mut whole, &html::text(beginning(html, MAX_HTML))),
            PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Message(_)
            | PartType::Multipart(_) => {}
        }
        if whole.len() > 4 * MAX_TEXT {
            break;
        }
    }
    tidy_text(&whole, MAX_TEXT)
}

fn add(whole: &mut String, text: &str) {
    if !whole.is_empty() {
        whole.push_str("\n\n");
    }
    whole.push_str(beginning(text, 4 * MAX_TEXT));
}

/// At most so many bytes of a text, whole characters.
fn beginning(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
