//! The file to print: what it takes of the pieces behind letters, and what stands in their place.

use reclamations::letters::{Merged, Part, Turn};

use super::pieces::{counted, flat, of, with};
use super::samples;
use crate::support::pdf;

fn piece(name: &str, pdf: Vec<u8>) -> Part {
    Part::Piece {
        pdf,
        name: name.to_owned(),
    }
}

async fn merge(parts: Vec<Part>) -> Merged {
    Turn::wait().await.merge(parts).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_that_cannot_be_taken_is_left_out() {
    let letter = samples::message().set().unwrap();
    let pages = pdf::of_pages(&["Recto", "Verso"]);
    let parts = vec![
        Part::Letter(letter.pdf),
        piece("protégé.pdf", pdf::protected(&pages)),
        piece("rien.pdf", b"%PDF-1.5\nnothing".to_vec()),
        piece("bon.pdf", pages),
        Part::Apart("malade.pdf".to_owned()),
    ];
    let merged = merge(parts).await;
    assert_eq!(merged.left_out, [1, 2, 4]);
    pdf::assert_sound(&merged.pdf);
    let text = pdf::flat(&merged.pdf);
    let instead = |name: &str| text.find(&format!("Pièce à imprimer à part : {name} Cette"));
    let places = [
        text.find("Objet"),
        instead("protégé.pdf"),
        instead("rien.pdf"),
        text.find("Verso"),
        instead("malade.pdf"),
    ];
    assert!(places.iter().all(Option::is_some), "{text}");
    assert!(places.is_sorted(), "{text}");
    assert!(!text.contains("bon.pdf"), "{text}");
    let broken = vec![Part::Letter(Vec::new())];
    assert!(Turn::wait().await.merge(broken).await.is_err());
}

/// A PDF whose page shows an array of so many values.
fn heavy(n: usize) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 1000 0 R>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.as_bytes().to_vec(),
        flat("1 ", n),
    ];
    of(&objects, "")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pieces_of_a_file_share_one_budget() {
    let letter = samples::message().set().unwrap().pdf;
    let parts = |pdf: &[u8]| {
        let pieces = std::iter::repeat_n(piece("dix.pdf", pdf.to_vec()), 10);
        let mut parts = vec![Part::Letter(letter.clone())];
        parts.extend(pieces);
        parts
    };
    // Each takes a tenth of it, and some more.
    let shown = heavy(13_800);
    assert!(shown.len() < 2_000);
    assert_eq!(counted(shown.clone()).await, Some(1));
    let merged = merge(parts(&shown)).await;
    assert_eq!(merged.left_out, [10], "the tenth");
    pdf::assert_sound(&merged.pdf);

    // What no page shows is read, and stays out.
    let hidden = with(&[flat("1 ", 13_800)], "");
    let merged = merge(parts(&hidden)).await;
    assert!(merged.left_out.is_empty());
    assert!(merged.pdf.len() < letter.len() + 40_000);
}
