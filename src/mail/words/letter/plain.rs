//! A letter as plain text: what a page shows, an e-mail carries and the file of the case keeps.

use crate::firm;
use crate::letters::{Block, Letter};

/// The letter line by line; paragraphs are single lines, for a page or an e-mail to wrap.
pub(in crate::mail::words) fn plain(letter: &Letter) -> String {
    let head = [
        firm::COMPLAINTS_POSTAL_ADDRESS.join("\n"),
        letter.recipient.join("\n"),
        letter.place_and_date.clone(),
        format!(
            "Référence\u{202f}: {}\nObjet\u{202f}: {}",
            letter.reference, letter.subject
        ),
    ];
    let parts: Vec<String> = head
        .into_iter()
        .chain(letter.blocks.iter().map(block))
        .collect();
    format!("{}\n", parts.join("\n\n"))
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { text } | Block::Paragraph { text } | Block::Strong { text } => {
            text.clone()
        }
        Block::Labelled { label, text, .. } => format!("{label}\n{text}"),
        Block::List { items } => dashed(items).join("\n"),
        Block::Facts { rows } => rows
            .iter()
            .map(|(name, value)| format!("{name}\u{202f}: {value}"))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Mediator { title, text } => format!("{title}\n\n{text}"),
        Block::Signature { lines } => lines.join("\n"),
    }
}

fn dashed(items: &[String]) -> Vec<String> {
    items.iter().map(|item| format!("– {item}")).collect()
}
