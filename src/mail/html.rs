//! The HTML part of an e-mail: the words of its text and nothing more, for programs that show it
//! better: lines as wide as the screen, lists, links.

use std::mem::take;

use askama::Template;

use crate::mail::words::WRAPPED_AT;

/// `templates/mail/page.html`.
#[derive(Template)]
#[template(path = "mail/page.html")]
struct Page<'a> {
    subject: &'a str,
    blocks: Vec<Block<'a>>,
}

/// What blank lines part.
enum Block<'a> {
    Paragraph(Vec<Line<'a>>),
    List(Vec<Line<'a>>),
}

/// A line before it was wrapped.
type Line<'a> = Vec<Word<'a>>;

enum Word<'a> {
    Plain(&'a str),
    Link(&'a str),
}

/// The page of a text whose long lines were wrapped.
///
/// # Errors
/// When the template fails.
pub(super) fn page(subject: &str, text: &str) -> Result<String, askama::Error> {
    let blocks = blocks(text);
    Page { subject, blocks }.render()
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let (mut lines, mut items): (Vec<Line<'_>>, Vec<Line<'_>>) = (Vec::new(), Vec::new());
    let mut before: Option<&str> = None;
    for line in text.lines() {
        let is_item = line.trim_start().starts_with(ITEM);
        let goes_on = !is_item && before.is_some_and(|before| is_wrapped(before, line));
        let open = if items.is_empty() {
            &mut lines
        } else {
            &mut items
        };
        if goes_on && let Some(last) = open.last_mut() {
            last.extend(words(line));
        } else if line.trim().is_empty() {
            close(&mut blocks, &mut lines, &mut items);
        } else if is_item {
            close_paragraph(&mut blocks, &mut lines);
            items.push(words(line.trim_start().trim_start_matches(ITEM)));
        } else {
            close_list(&mut blocks, &mut items);
            lines.push(words(line));
        }
        before = Some(line);
    }
    close(&mut blocks, &mut lines, &mut items);
    blocks
}

/// What an item of a list begins with.
const ITEM: &str = "- ";

/// Whether a line was cut from the one before it: its first word had no room there.
fn is_wrapped(before: &str, line: &str) -> bool {
    let first = line.split_whitespace().next();
    let room = WRAPPED_AT.saturating_sub(before.chars().count());
    !before.trim().is_empty() && first.is_some_and(|first| first.chars().count() >= room)
}

fn words(line: &str) -> Line<'_> {
    line.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            if word.starts_with("https://") || word.starts_with("http://") {
                Word::Link(word)
            } else {
                Word::Plain(word)
            }
        })
        .collect()
}

fn close<'a>(blocks: &mut Vec<Block<'a>>, lines: &mut Vec<Line<'a>>, items: &mut Vec<Line<'a>>) {
    close_paragraph(blocks, lines);
    close_list(blocks, items);
}

fn close_paragraph<'a>(blocks: &mut Vec<Block<'a>>, lines: &mut Vec<Line<'a>>) {
    if !lines.is_empty() {
        blocks.push(Block::Paragraph(take(lines)));
    }
}

fn close_list<'a>(blocks: &mut Vec<Block<'a>>, items: &mut Vec<Line<'a>>) {
    if !items.is_empty() {
        blocks.push(Block::List(take(items)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> String {
        let page = page("Objet", text).unwrap();
        let (_, body) = page.split_once("<body>").unwrap();
        let (body, _) = body.split_once("</body>").unwrap();
        body.trim().to_owned()
    }

    #[test]
    fn wrapped_lines_are_whole_again_and_short_ones_stay() {
        let text = "Bonjour,\n\nUne phrase assez longue pour dépasser la largeur d’une ligne et se \
                    poursuivre\nsur la suivante.\n\nRéférence : A\nÀ faire : B\n";
        insta::assert_snapshot!(body(text), @"
        <p>Bonjour,</p>
        <p>Une phrase assez longue pour dépasser la largeur d’une ligne et se poursuivre sur la suivante.</p>
        <p>Référence : A<br>
        À faire : B</p>
        ");
    }

    #[test]
    fn lists_and_links_are_what_they_are() {
        let text = "Vous pouvez :\n- lire https://example.org/a?b=1&c=2 ;\n- écrire une lettre si \
                    longue qu’elle ne tient pas sur la première ligne du\n  point.\n\nFin.\n";
        insta::assert_snapshot!(body(text), @r#"
        <p>Vous pouvez :</p>
        <ul>
        <li>lire <a href="https://example.org/a?b=1&#38;c=2">https://example.org/a?b=1&#38;c=2</a> ;</li>
        <li>écrire une lettre si longue qu’elle ne tient pas sur la première ligne du point.</li>
        </ul>
        <p>Fin.</p>
        "#);
    }

    #[test]
    fn what_a_person_wrote_is_never_markup() {
        let text = "<script>alert(1)</script> & \"guillemets\" https://example.org/\"onclick=x\n";
        insta::assert_snapshot!(
            body(text),
            @r#"<p>&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;guillemets&#34; <a href="https://example.org/&#34;onclick=x">https://example.org/&#34;onclick=x</a></p>"#
        );
    }
}
