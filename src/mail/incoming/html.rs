//! The words of an HTML part, on the lines that one sees, what it quotes marked as plain e-mails do.

use mail_parser::decoders::html::html_to_text;

/// Where a line ends, a quote begins, a quote ends: characters that mean nothing to anyone.
const BREAK: char = '\u{e000}';
const OPEN: char = '\u{e001}';
const CLOSE: char = '\u{e002}';
/// Where a cell of a table begins, an item of a list.
const CELL: char = '\u{e003}';
const ITEM: char = '\u{e004}';
/// Every one of them.
const MARKS: [char; 5] = [BREAK, OPEN, CLOSE, CELL, ITEM];
/// What an item begins with.
const DASH: &str = "– ";
/// Deepest quote that is marked as such.
const DEEPEST: usize = 5;
/// What begins a line of its own, and ends it; `<br>` and the end of a paragraph are the parser's.
const BLOCKS: [&str; 16] = [
    "address", "article", "center", "dd", "div", "dt", "h1", "h2", "h3", "h4", "hr", "li", "ol",
    "pre", "tr", "ul",
];

/// The text of an HTML part; each line of a `<blockquote>` begins with `>`.
pub(super) fn text(html: &str) -> String {
    lines(&html_to_text(&marked(html)))
}

/// The same HTML, with a mark before each tag that parts lines.
fn marked(html: &str) -> String {
    let mut marked = String::with_capacity(html.len());
    for (n, piece) in html.split('<').enumerate() {
        if n > 0 {
            marked.extend(mark(piece));
            marked.push('<');
        }
        marked.extend(piece.chars().filter(|c| !MARKS.contains(c)));
    }
    marked
}

/// What stands before the tag that begins so.
fn mark(tag: &str) -> Option<char> {
    let (is_end, name) = match tag.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, tag),
    };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = name.get(..end.unwrap_or(name.len()))?;
    if name.eq_ignore_ascii_case("blockquote") {
        return Some(if is_end { CLOSE } else { OPEN });
    }
    let is_one_of = |tags: &[&str]| tags.iter().any(|known| known.eq_ignore_ascii_case(name));
    if !is_end && is_one_of(&["td", "th"]) {
        return Some(CELL);
    }
    if !is_end && is_one_of(&["li"]) {
        return Some(ITEM);
    }
    let is_block = is_one_of(&BLOCKS);
    let is_paragraph = !is_end && name.eq_ignore_ascii_case("p");
    (is_block || is_paragraph).then_some(BREAK)
}

fn lines(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let (mut line, mut depth) = (String::new(), 0_usize);
    for c in text.chars() {
        match c {
            // Its words come after: an item may begin with a paragraph.
            c if line == DASH && (c == BREAK || c.is_whitespace()) => {}
            '\n' => end(&mut whole, &mut line, depth),
            // The cells of a row are on its line.
            CELL if line.ends_with(char::is_whitespace) || line.is_empty() => {}
            CELL => line.push(' '),
            BREAK | OPEN | CLOSE | ITEM => {
                if !line.trim().is_empty() && line != DASH {
                    end(&mut whole, &mut line, depth);
                }
                line.clear();
                match c {
                    OPEN => depth = depth.saturating_add(1),
                    CLOSE => depth = depth.saturating_sub(1),
                    ITEM => line.push_str(DASH),
                    _ => {}
                }
            }
            c => line.push(c),
        }
    }
    end(&mut whole, &mut line, depth);
    whole
}

fn end(whole: &mut String, line: &mut String, depth: usize) {
    let words = line.trim();
    if depth > 0 {
        whole.extend(std::iter::repeat_n('>', depth.min(DEEPEST)));
        whole.push_str(if words.is_empty() { "" } else { " " });
    }
    whole.push_str(words);
    whole.push('\n');
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_quotes_are_marked() {
        for (html, expected) in [
            ("<div>Bonjour</div><div>Madame</div>", "Bonjour\nMadame"),
            (
                "<div><div>Oui.</div></div><div><br></div><div>Non.</div>",
                "Oui.\n\nNon.",
            ),
            ("<p>Un</p><p>Deux <b>mots</b></p>", "Un\nDeux mots"),
            ("<ul><li>a<li>b</ul>c", "– a\n– b\nc"),
            (
                "<ul>\n <li>\n <p>a</p></li>\n <li><b>b</b> c</li> <li><blockquote>d</blockquote></li></ul>e",
                "– a\n– b c\n> d\ne",
            ),
            (
                "<table><tr><th>Contrat</th><td>AUTO-88213</td></tr><tr><td><p>Du</p></td> <td>3&nbsp;mai</td></tr></table>Fin",
                "Contrat AUTO-88213\nDu\n3\u{a0}mai\nFin",
            ),
            (
                "Oui.<BLOCKQUOTE type=cite><div>Ils ont dit</div><blockquote>Elle a dit</blockquote>fin</BLOCKQUOTE>Non.",
                "Oui.\n> Ils ont dit\n>> Elle a dit\n> fin\nNon.",
            ),
            ("a</blockquote>b\u{e001}c", "a\nbc"),
            (
                "<style><div></style><!-- <blockquote> -->x<script>'<div>'</script>",
                "x",
            ),
        ] {
            assert_eq!(text(html).trim(), expected, "{html}");
        }
        let deep = text(&"<blockquote>x".repeat(10_000));
        assert!(deep.lines().all(|line| line.len() <= 7), "{deep:.80}");
    }
}
