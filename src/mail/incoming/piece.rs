//! What is joined to an e-mail.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::bounds::tidy_line;

/// Most pieces that are listed; the rest stays in the original.
const MAX_PIECES: usize = 50;

/// A piece joined to an e-mail: what its sender calls it, and its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its name; of our making when it has none.
    pub name: String,
    /// The type that the sender declares.
    pub declared: String,
    /// Its bytes, decoded.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Piece")
            .field("declared", &self.declared)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// The pieces of an e-mail, in its order.
pub(super) fn pieces(mail: &Message<'_>) -> Vec<Piece> {
    let pieces = mail.attachments().filter(|part| !is_of_the_text(part));
    pieces.take(MAX_PIECES).zip(1..).map(piece).collect()
}

/// The HTML beside a plain text says the same again.
fn is_of_the_text(part: &MessagePart<'_>) -> bool {
    let is_text = matches!(part.body, PartType::Html(_));
    is_text && part.attachment_name().is_none()
}

fn piece((part, n): (&MessagePart<'_>, usize)) -> Piece {
    let declared = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("*")),
    );
    let name = part.attachment_name().map(|name| tidy_line(name, 200));
    let name = name.filter(|name| !name.is_empty());
    let bytes = match &part.body {
        PartType::Message(inner) => inner.raw_message().to_vec(),
        PartType::Text(_)
        | PartType::Html(_)
        | PartType::Binary(_)
        | PartType::InlineBinary(_)
        | PartType::Multipart(_) => part.contents().to_vec(),
    };
    Piece {
        name: name.unwrap_or_else(|| format!("piece-{n}.{}", usual_extension(part, &declared))),
        declared: tidy_line(&declared.to_lowercase(), 100),
        bytes,
    }
}

fn usual_extension(part: &MessagePart<'_>, declared: &str) -> &'static str {
    match declared.to_lowercase().as_str() {
        _ if matches!(part.body, PartType::Message(_)) => "eml",
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "text/plain" => "txt",
        _ => "bin",
    }
}
