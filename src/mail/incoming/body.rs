//! The text of an e-mail, as a person reads it.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, PartType};

use super::bounds::{MAX_TEXT, tidy_text};

/// Largest HTML that is turned to text, in bytes.
const MAX_HTML: usize = 2 * 1024 * 1024;

/// The text: its plain parts, else its HTML turned to text.
pub(super) fn text(mail: &Message<'_>) -> String {
    let mut whole = String::new();
    for part in mail.text_bodies() {
        match &part.body {
            PartType::Text(text) => add(&mut whole, text),
            PartType::Html(html) => add(&mut whole, &html_to_text(beginning(html, MAX_HTML))),
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

/// What is new in a reply: without the earlier e-mail quoted below it, line by line, and the line that
/// announces it. Words among the quoted lines are an answer to them: then all is new.
pub(super) fn without_quote(text: &str) -> &str {
    let is_quoted = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('>');
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let n_quoted = lines
        .iter()
        .rev()
        .take_while(|line| is_quoted(line))
        .count();
    let (mut new, quoted) = lines.split_at(lines.len().saturating_sub(n_quoted));
    if !quoted.iter().any(|line| line.trim_start().starts_with('>')) {
        return text;
    }
    // « Le 4 mai 2026, Asekkey a écrit : », on one line or two.
    if let Some(at) = new.iter().rposition(|line| !line.trim().is_empty())
        && new
            .get(at)
            .is_some_and(|line| line.trim_end().ends_with(':'))
    {
        let (before, announced) = new.split_at(at);
        let begins = announced.first().is_some_and(|line| begins_quote(line));
        let on_two = before.last().is_some_and(|line| begins_quote(line));
        new = if begins {
            before
        } else if on_two {
            before.split_last().map_or(before, |(_, before)| before)
        } else {
            new
        };
    }
    let length: usize = new.iter().map(|line| line.len()).sum();
    let new = text.get(..length).unwrap_or(text).trim_end();
    if new.is_empty() { text } else { new }
}

fn begins_quote(line: &str) -> bool {
    ["Le ", "On ", "Am ", "El ", "Il "]
        .iter()
        .any(|word| line.trim_start().starts_with(word))
}
