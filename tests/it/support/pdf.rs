//! Reading PDF as others do: poppler's tools and qpdf (`.ci/setup`).

use std::io::Write;
use std::process::{Command, Output};

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use tempfile::NamedTempFile;

/// Runs a tool on the bytes of a PDF, which stand where `FILE` is.
fn run(pdf: &[u8], tool: &str, arguments: &[&str]) -> Output {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let path = file.path().to_str().unwrap();
    let arguments = arguments
        .iter()
        .map(|one| if *one == "FILE" { path } else { one });
    Command::new(tool)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{tool}: {error}; run .ci/setup"))
}

fn said(pdf: &[u8], tool: &str, arguments: &[&str]) -> String {
    let output = run(pdf, tool, arguments);
    assert!(output.status.success(), "{tool}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a reader finds in it, line by line, without the blank ones.
pub(crate) fn text(pdf: &[u8]) -> String {
    let text = said(pdf, "pdftotext", &["-enc", "UTF-8", "FILE", "-"]);
    let lines: Vec<&str> = text
        .split(['\n', '\u{c}'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// The same on one line: for what a line's length does not matter to.
pub(crate) fn flat(pdf: &[u8]) -> String {
    text(pdf).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Its tags, as `pdfinfo` lists them.
pub(crate) fn tags(pdf: &[u8]) -> String {
    said(pdf, "pdfinfo", &["-struct", "FILE"])
}

/// What it says of itself.
pub(crate) fn about(pdf: &[u8]) -> String {
    said(pdf, "pdfinfo", &["FILE"])
}

/// Its words with their places, in points from the upper left corner of the sheet.
pub(crate) fn places(pdf: &[u8]) -> Vec<Place> {
    let page = said(pdf, "pdftotext", &["-bbox", "-l", "1", "FILE", "-"]);
    let words = page.lines().filter(|line| line.contains("<word "));
    words.map(Place::read).collect()
}

/// A word on the first sheet, in millimetres.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) word: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Place {
    fn read(line: &str) -> Self {
        let number = |name: &str| -> f64 {
            let (_, after) = line.split_once(&format!("{name}=\"")).unwrap();
            let points: f64 = after.split('"').next().unwrap().parse().unwrap();
            points * 25.4 / 72.0
        };
        let (_, after) = line.split_once('>').unwrap();
        Self {
            word: after.split('<').next().unwrap().to_owned(),
            left: number("xMin"),
            top: number("yMin"),
            right: number("xMax"),
            bottom: number("yMax"),
        }
    }
}

/// A PDF that qpdf finds no fault with.
#[track_caller]
pub(crate) fn assert_sound(pdf: &[u8]) {
    let output = run(pdf, "qpdf", &["--check", "FILE"]);
    assert!(output.status.success(), "{output:?}");
}

/// A PDF with one page for each of these words, packed as programs do now: its objects in streams; the
/// size of the pages and their font are said once, above them.
pub(crate) fn of_pages(words: &[&str]) -> Vec<u8> {
    let mut whole = Document::with_version("1.5");
    let group = whole.new_object_id();
    let font = whole.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let mut kids: Vec<Object> = Vec::new();
    for word in words {
        let operations = vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 24.into()]),
            Operation::new("Td", vec![100.into(), 600.into()]),
            Operation::new("Tj", vec![Object::string_literal(*word)]),
            Operation::new("ET", vec![]),
        ];
        let drawn = Content { operations }.encode().unwrap();
        let drawn = whole.add_object(Stream::new(dictionary! {}, drawn));
        let page = dictionary! { "Type" => "Page", "Parent" => group, "Contents" => drawn };
        kids.push(whole.add_object(page).into());
    }
    let n_pages = i64::try_from(kids.len()).unwrap();
    let pages = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => n_pages,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    };
    whole.objects.insert(group, Object::Dictionary(pages));
    let catalog = whole.add_object(dictionary! { "Type" => "Catalog", "Pages" => group });
    whole.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    whole.save_to(&mut bytes).unwrap();
    rewritten(&bytes, &["--object-streams=generate", "FILE", "-"])
}

/// The same, which cannot be changed without a password, and opens without any.
pub(crate) fn protected(pdf: &[u8]) -> Vec<u8> {
    rewritten(
        pdf,
        &[
            "--encrypt",
            "",
            "owner",
            "256",
            "--modify=none",
            "--",
            "FILE",
            "-",
        ],
    )
}

/// The same, so that its first page shows before the rest has come.
pub(crate) fn linearized(pdf: &[u8]) -> Vec<u8> {
    rewritten(pdf, &["--linearize", "FILE", "-"])
}

fn rewritten(pdf: &[u8], arguments: &[&str]) -> Vec<u8> {
    let output = run(pdf, "qpdf", arguments);
    assert!(output.status.success(), "qpdf: {output:?}");
    output.stdout
}
