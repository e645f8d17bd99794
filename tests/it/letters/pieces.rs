//! PDFs of others: those that would take more than a machine has are refused, the ordinary ones print.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use reclamations::letters::Turn;

use super::samples;
use crate::support::pdf;

/// A PDF of one page, then these objects, numbered from 4; `more` goes into its trailer.
pub(super) fn with(objects: &[Vec<u8>], more: &str) -> Vec<u8> {
    let mut all: Vec<Vec<u8>> = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    .map(|object| object.as_bytes().to_vec())
    .to_vec();
    all.extend_from_slice(objects);
    of(&all, more)
}

/// A PDF of these objects, numbered from 1.
pub(super) fn of(objects: &[Vec<u8>], more: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (before, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", before + 1).bytes());
        pdf.extend_from_slice(object);
        pdf.extend_from_slice(b"\nendobj\n");
    }
    listed(pdf, &places, more)
}

/// The same, with the table of the objects at these places.
fn listed(mut pdf: Vec<u8>, places: &[usize], more: &str) -> Vec<u8> {
    let start = pdf.len();
    let size = places.len() + 1;
    let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        writeln!(table, "{place:010} 00000 n ").unwrap();
    }
    let trailer =
        format!("trailer\n<</Size {size}/Root 1 0 R{more}>>\nstartxref\n{start}\n%%EOF\n");
    pdf.extend(table.bytes().chain(trailer.bytes()));
    pdf
}

/// A stream that packs objects, not compressed.
fn packed(header: &str, body: &str, names: [&str; 2]) -> Vec<u8> {
    let [n, first] = names;
    format!(
        "<</Type/ObjStm{n}{first} {}/Length {}>>\nstream\n{header}{body}\nendstream",
        header.len(),
        header.len() + body.len(),
    )
    .into_bytes()
}

/// The same, of objects at these places, numbered from 1000.
fn packed_at(places: &[usize], body: &str) -> Vec<u8> {
    let mut header = String::new();
    for (place, number) in places.iter().zip(1000..) {
        write!(header, "{number} {place} ").unwrap();
    }
    packed(&header, body, [&format!("/N {}", places.len()), "/First"])
}

pub(super) async fn counted(pdf: Vec<u8>) -> Option<i32> {
    let turn = Turn::wait().await;
    let counted = tokio::time::timeout(Duration::from_mins(1), turn.n_pages(pdf));
    counted.await.unwrap()
}

async fn assert_refused(what: &str, pdf: Vec<u8>) {
    assert_eq!(counted(pdf).await, None, "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ordinary_files_print() {
    let packed = packed_at(&[0, 6], "[1 2] <</A (100 %)>>");
    let letter = samples::answer().set().unwrap();
    let n_letter = i32::try_from(letter.n_pages).unwrap();
    let three = pdf::of_pages(&["Un", "Deux", "Trois"]);
    for (what, file, n) in [
        ("plain", with(&[], ""), 1),
        ("packed", with(&[packed], ""), 1),
        ("of qpdf", three.clone(), 3),
        ("for the web", pdf::linearized(&three), 3),
        ("one of ours", letter.pdf, n_letter),
    ] {
        assert_eq!(counted(file).await, Some(n), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn packed_objects_lie_one_after_the_other() {
    let array = format!("[{}]", "0 ".repeat(2_000));
    let comments = format!("{}]]", "[%[\n".repeat(500));
    let every_fourth: Vec<usize> = (0..500).map(|at| at * 4).collect();
    let pairs: Vec<String> = (1000..2000).map(|number| format!("{number} 0 ")).collect();
    let header = pairs.concat();
    let escaped = packed(&header, &array, ["/N 1000", "/Fir#73t"]);
    let miscounted = packed(&header, &array, ["/N 1", "/First"]);
    let inside_a_comment =
        b"<</DecodeParms 1 %5 0 obj <<\n/N 1/First 4/Length 5>>\nstream\n9 0 0\nendstream";
    for (what, hostile) in [
        ("all at one place", packed_at(&[0; 1000], &array)),
        ("under an escaped name", escaped),
        ("more than it says", miscounted),
        (
            "through each other’s comments",
            packed_at(&every_fourth, &comments),
        ),
        ("inside each other", packed_at(&[0, 1, 2], "[[[0]]]")),
        ("one number, cut", packed_at(&[0, 1, 2], "111")),
        ("with another dictionary around", inside_a_comment.to_vec()),
        (
            "too many",
            packed_at(
                &(0..100_001).map(|at| at * 2).collect::<Vec<_>>(),
                &"0 ".repeat(100_001),
            ),
        ),
    ] {
        assert_refused(what, with(&[hostile], "")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_do_not_lie_over_each_other() {
    let heavy = format!(
        "<</Length 1000000>>\nstream\n{}\nendstream",
        " ".repeat(1_000_000)
    );
    let mut pdf = with(&[heavy.into_bytes()], "");
    let heavy_at = pdf
        .windows(8)
        .position(|here| here == b"4 0 obj\n")
        .unwrap();
    let small: Vec<usize> = (1..=3)
        .map(|number| {
            let header = format!("{number} 0 obj\n");
            let here = pdf.windows(8).position(|here| here == header.as_bytes());
            here.unwrap()
        })
        .collect();
    let n = pdf.windows(5).position(|here| here == b"xref\n").unwrap();
    pdf.truncate(n);
    let once = listed(pdf.clone(), &[&small[..], &[heavy_at]].concat(), "");
    assert_eq!(counted(once).await, Some(1));
    let often = listed(pdf, &[small, vec![heavy_at; 100]].concat(), "");
    assert_refused("one stream, a hundred times", often).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn depth_and_loops_end() {
    let deep = "[".repeat(200_000);
    let deep_pairs = "<</A".repeat(100_000);
    let chain: Vec<Vec<u8>> = (5..1_995)
        .map(|next| format!("<</Length {next} 0 R>>\nstream\n\nendstream").into_bytes())
        .collect();
    let longer: Vec<Vec<u8>> = (5..9_000)
        .map(|next| format!("<</Length {next} 0 R>>\nstream\n\nendstream").into_bytes())
        .collect();
    let plain = with(&[], "");
    let table = plain.windows(5).position(|here| here == b"xref\n").unwrap();
    let tables = |n: usize| format!("/Prev {table}").repeat(n);
    let group = |kids: &str| {
        let group = format!("<</Type/Pages/Kids[{kids}]/Count 1/MediaBox[0 0 9 9]>>");
        let page = "<</Type/Page/Parent 2 0 R>>";
        let catalog = "<</Type/Catalog/Pages 2 0 R>>";
        of(
            &[catalog, &group, page].map(|object| object.as_bytes().to_vec()),
            "",
        )
    };
    assert_eq!(counted(group("3 0 R")).await, Some(1));
    for (what, hostile) in [
        ("arrays", with(&[deep.clone().into_bytes()], "")),
        ("dictionaries", with(&[deep_pairs.into_bytes()], "")),
        ("packed arrays", with(&[packed_at(&[0], &deep)], "")),
        ("lengths", with(&chain, "")),
        ("more lengths", with(&longer, "")),
        (
            "many values",
            with(&[format!("[{}]", "0 ".repeat(300_000)).into_bytes()], ""),
        ),
        (
            "many packed values",
            with(&[flat("1 ", 1_450_000), flat("1 ", 1_450_000)], ""),
        ),
        ("many arrays", with(&[flat("[]", 100_000)], "")),
        ("many pairs", with(&[flat("<</A 1>>", 100_000)], "")),
        ("many listed", listing("/Size 300000/Index[0 9]")),
        ("many sections", listing("/Size 9/Index[0 9 20 300000]")),
        ("many tables", with(&[], &tables(7))),
        ("a page twice", group("3 0 R 3 0 R")),
        ("a group without pages", group("2 0 R")),
    ] {
        assert_refused(what, hostile).await;
    }
    // Seven name the table itself as the one before it; one does, and is read once.
    assert_eq!(counted(with(&[], &tables(1))).await, Some(1));
}

/// A stream that packs one array of these words, compressed.
pub(super) fn flat(word: &str, n: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let all = format!("1000 0 [{}]", word.repeat(n));
    packer.write_all(all.as_bytes()).unwrap();
    let data = packer.finish().unwrap();
    let says = format!(
        "<</Type/ObjStm/N 1/First 7/Filter/FlateDecode/Length {}>>\nstream\n",
        data.len()
    );
    [says.as_bytes(), &data, b"\nendstream"].concat()
}

/// A PDF whose table of objects might be packed, and says so.
fn listing(says: &str) -> Vec<u8> {
    let table = format!("<</Type/XRef{says}/W[1 1 1]/Length 1>>\nstream\n0\nendstream");
    with(&[table.into_bytes()], "")
}
