//! Word and `OpenDocument` files are known by their directory; bombs and macros are refused.

use reclamations::files::{Format, Refused};

use crate::files::{nothing_is_left, refusal, send};
use crate::support::database::TestDatabase;
use crate::support::samples::{Zip, docx, docx_files, odt, odt_files, pdf, zip};

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_taken() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    send(&pool, "lettre.docx", &docx()).await.unwrap();
    send(&pool, "LETTRE.ODT", &odt()).await.unwrap();
    // With a comment after the directory, and pictures that spread it over several pieces.
    let picture: Vec<u8> = (0..700_000_u32)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes())
        .collect();
    let [contents, main] = odt_files();
    let large = zip(&[contents, main, ("Pictures/1.png", &picture)]);
    assert!(large.len() > 1_000_000);
    send(&pool, "photos.odt", &large).await.unwrap();
    nothing_is_left(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_archives_are_refused() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    let other = |announced| Refused::NotWhatItSays {
        announced,
        found: None,
    };
    let sheet = zip(&docx_files(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ));
    for (name, bytes, format) in [
        ("a.docx", zip(&[("a.exe", b"MZ")]), Format::Docx),
        ("a.docx", odt(), Format::Docx),
        ("a.odt", docx(), Format::Odt),
        ("a.docx", sheet, Format::Docx),
        ("a.pdf", docx(), Format::Pdf),
        (
            "a.odt",
            zip(&[("mimetype", b"application/zip"), ("content.xml", b"")]),
            Format::Odt,
        ),
    ] {
        assert_eq!(refusal(&pool, name, &bytes).await, other(format), "{name}");
    }
    let mut cut = docx();
    cut.truncate(cut.len() - 30);
    assert_eq!(refusal(&pool, "a.docx", &cut).await, Refused::Damaged);
    let mut glued = docx();
    glued.splice(0..0, b"PK\x03\x04 and something before".iter().copied());
    assert_eq!(refusal(&pool, "a.docx", &glued).await, Refused::Damaged);
    assert_eq!(
        refusal(&pool, "a.docx", &pdf(100)).await,
        Refused::NotWhatItSays {
            announced: Format::Docx,
            found: Some(Format::Pdf)
        }
    );
    nothing_is_left(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn macros_are_refused_whatever_their_name() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    let [types, document] = docx_files("application/vnd.ms-word.document.macroEnabled.main+xml");
    let [plain, _] = docx_files(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    );
    let [mimetype, content] = odt_files();
    for (name, bytes) in [
        ("a.docx", zip(&[types, document])),
        (
            "a.docx",
            zip(&[plain, document, ("word/vbaProject.bin", b"x")]),
        ),
        (
            "a.docx",
            zip(&docx_files("application/vnd.ms-office.vbaProject")),
        ),
        (
            "a.odt",
            zip(&[mimetype, content, ("Basic/Standard/Module1.xml", b"x")]),
        ),
        (
            "a.odt",
            zip(&[mimetype, content, ("Scripts/python/a.py", b"x")]),
        ),
    ] {
        assert_eq!(
            refusal(&pool, name, &bytes).await,
            Refused::Macros,
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bombs_are_refused_without_being_opened() {
    let database = TestDatabase::new().await;
    let pool = database.pool().await;
    let [types, document] = docx_files(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    );
    // Twenty million zeros in some kilobytes.
    let zeros = vec![0; 20_000_000];
    let deep = zip(&[types, document, ("word/media/1.png", &zeros)]);
    assert!(deep.len() < 100_000);
    assert_eq!(refusal(&pool, "a.docx", &deep).await, Refused::Bomb);
    // More than the directory may declare.
    let mut wide = Zip::default();
    wide.add(types.0, types.1, types.1.len());
    wide.add(document.0, document.1, 300_000_000);
    assert_eq!(refusal(&pool, "a.docx", &wide.close()).await, Refused::Bomb);
    // Files that share the same bytes.
    let mut overlapping = Zip::default();
    overlapping.add(types.0, types.1, types.1.len());
    for n in 0..50 {
        overlapping.list_again(&format!("word/{n}.xml"), 300, 300);
    }
    assert_eq!(
        refusal(&pool, "a.docx", &overlapping.close()).await,
        Refused::Bomb
    );
    // A directory of millions of files.
    let mut many = Zip::default();
    for n in 0..6_000 {
        many.list_again(&format!("{n}"), 0, 0);
    }
    many.bytes_before(b"PK\x03\x04");
    assert_eq!(refusal(&pool, "a.docx", &many.close()).await, Refused::Bomb);
    // A list of contents that says it is short.
    let mut liar = Zip::default();
    liar.add(types.0, &zeros, 100);
    liar.add(document.0, document.1, document.1.len());
    let why = refusal(&pool, "a.docx", &liar.close()).await;
    assert_eq!(
        why,
        Refused::NotWhatItSays {
            announced: Format::Docx,
            found: None
        }
    );
    nothing_is_left(&database).await;
}
