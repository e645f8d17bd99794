//! What goes in the envelope with a letter, as the desk and a printing list it.

use crate::case::Reference;
use crate::case::post::{Enclosing, Piece, TaskId};
use crate::files::Format;
use crate::web::upload::size_words;
use crate::web::urls;

/// A piece, in words.
pub(super) struct PieceLine {
    pub(super) name: String,
    /// Where it is downloaded; none while nobody may open it.
    pub(super) address: Option<String>,
    /// « PDF, 2 pages ».
    pub(super) what: String,
    /// How it gets into the envelope.
    pub(super) enclosing: &'static str,
    /// Tone of the badge of who has something to do about it.
    pub(super) tone: &'static str,
}

/// The pieces of a letter of this case.
pub(super) fn lines(pieces: &[Piece], task: TaskId, reference: &Reference) -> Vec<PieceLine> {
    let its = pieces.iter().filter(|piece| piece.task == task);
    its.map(|piece| line(piece, reference)).collect()
}

fn line(piece: &Piece, reference: &Reference) -> PieceLine {
    let address = urls::staff_case_part(reference, &format!("pieces/{}", piece.file.0));
    let (enclosing, tone) = match (piece.enclosing, piece.format, piece.n_pages) {
        (Enclosing::WithLetter, _, _) => ("Imprimée avec la lettre", "ok"),
        (Enclosing::Apart, Format::Pdf, None) => (
            "À imprimer à part\u{202f}: ce PDF ne peut pas suivre la lettre",
            "soon",
        ),
        (Enclosing::Apart, _, _) => ("À imprimer à part", "soon"),
        (Enclosing::Withheld, _, _) => (
            "Pas analysée, ou infectée\u{202f}: à ne pas joindre",
            "late",
        ),
    };
    let is_open = piece.enclosing != Enclosing::Withheld;
    PieceLine {
        name: piece.name.clone(),
        address: is_open.then_some(address),
        what: what(piece),
        enclosing,
        tone,
    }
}

fn what(piece: &Piece) -> String {
    let format = match piece.format {
        Format::Pdf => "PDF",
        Format::Jpeg => "image JPEG",
        Format::Png => "image PNG",
        Format::Heic => "image HEIC",
        Format::Docx => "texte DOCX",
        Format::Odt => "texte ODT",
        Format::Txt => "texte",
        Format::Eml => "courriel",
    };
    let how_long = match piece.n_pages {
        Some(1) => "1\u{a0}page".to_owned(),
        Some(n) => format!("{n}\u{a0}pages"),
        None => size_words(piece.size),
    };
    format!("{format}, {how_long}")
}
