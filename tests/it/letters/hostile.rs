//! Texts that would like to be markup, to leave the sheet or to break the press.

use super::samples::saying;
use crate::support::pdf;

#[test]
fn no_text_is_markup() {
    for text in [
        "#import \"x.typ\": *",
        "#read(\"/etc/passwd\")",
        "#image(\"/etc/passwd\")",
        "$ x^2 $",
        "*gras* _italique_ `code`",
        "\\ \\u{41} ~ -- x",
        "@renvoi <etiquette>",
        "= Titre",
        "// commentaire",
        "\"}],\"kind\":\"heading\"",
        "https://example.org/?a=b#c",
    ] {
        let set = saying(text).set().unwrap();
        let flat = pdf::flat(&set.pdf);
        let n_times = flat.matches(text).count();
        // Under the title, and as heading, paragraph, label, quotation, item and two cells.
        assert_eq!(n_times, 7, "{text} in {flat}");
        pdf::assert_sound(&set.pdf);
    }
}

#[test]
fn what_cannot_be_printed_does_not_stop_a_letter() {
    for (text, printed) in [
        ("avant\u{202e}après", "avantaprès"),
        ("avant\u{0}après", "avantaprès"),
        ("漢字 et 🙂", "\u{fffd}\u{fffd} et \u{fffd}"),
        ("e\u{301}te\u{301}", "été"),
        ("\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1d400}", "Objet"),
        ("", "Objet"),
        (" \n\n \u{a0}\n", "Objet"),
    ] {
        let set = saying(text).set().unwrap();
        let flat = pdf::flat(&set.pdf);
        assert!(flat.contains(printed), "{printed} in {flat}");
        pdf::assert_sound(&set.pdf);
    }
}

#[test]
fn a_long_word_and_a_long_text_stay_on_the_sheet() {
    let word = "anticonstitutionnellement".repeat(12);
    let long = "Une phrase parmi mille autres. ".repeat(650);
    for text in [word, long] {
        let mut letter = saying("");
        letter.blocks = vec![reclamations::letters::Block::paragraph(text.as_str())];
        let set = letter.set().unwrap();
        for place in pdf::places(&set.pdf) {
            assert!(place.left >= 24.0 && place.right <= 191.0, "{place:?}");
        }
        let printed: String = pdf::text(&set.pdf)
            .chars()
            .filter(|sign| sign.is_alphabetic())
            .collect();
        let n_letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
        assert!(printed.chars().count() > n_letters, "cut");
    }
}
