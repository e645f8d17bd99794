//! Where things stand on the sheet, what a screen reader finds, and that bytes can be compared.

use super::samples;
use crate::support::pdf;

#[test]
fn every_letter_is_tagged_sound_and_says_what_it_is() {
    for letter in samples::all() {
        let set = letter.set().unwrap();
        pdf::assert_sound(&set.pdf);
        let tags = pdf::tags(&set.pdf);
        for tag in ["Document", "H1 ", "P (block)"] {
            assert!(tags.contains(tag), "{tag} in {tags}");
        }
        assert_eq!(tags.matches("H1 ").count(), 1, "{tags}");
        let about = pdf::about(&set.pdf);
        let title = letter.subject.chars().skip(1).collect::<String>();
        for fact in [
            title.as_str(),
            &letter.reference,
            "Author:          Asekkey",
            "A4",
        ] {
            assert!(about.contains(fact), "{fact} in {about}");
        }
        assert!(about.contains(&format!("Pages:           {}\n", set.n_pages)));
        let raw = String::from_utf8_lossy(&set.pdf);
        assert!(raw.contains("<pdfuaid:part>1</pdfuaid:part>"), "PDF/UA-1");
        assert!(
            raw.contains("/Lang(fr-FR)") || raw.contains("/Lang (fr-FR)"),
            "no language"
        );
    }
}

#[test]
fn lists_and_tables_have_their_tags() {
    let set = samples::acknowledgement().set().unwrap();
    let tags = pdf::tags(&set.pdf);
    for tag in [
        "Table (block)",
        "TH ",
        "/Scope /Row",
        "TD",
        "L (block)",
        "LI (block)",
        "H2 ",
    ] {
        assert!(tags.contains(tag), "{tag} in {tags}");
    }
}

#[test]
fn the_address_and_nothing_else_stands_in_the_window() {
    let mut letters = samples::all().to_vec();
    let mut long = samples::acknowledgement();
    long.recipient = (1..=9)
        .map(|n| format!("Ligne {n} d’une adresse bien longue, bâtiment C"))
        .collect();
    letters.push(long);
    for letter in letters {
        let set = letter.set().unwrap();
        let mut inside = String::new();
        for place in pdf::places(&set.pdf) {
            // The window of a DL: what the sheet may show there as it slips.
            let in_window = place.right > 90.0 && place.bottom > 34.0 && place.top < 90.0;
            if in_window {
                inside.push_str(&place.word);
                // And where it shows it however it lies.
                let seen = place.left >= 100.0
                    && place.right <= 190.0
                    && place.top >= 45.0
                    && place.bottom <= 79.0;
                assert!(seen, "{place:?}");
            }
        }
        let address: String = letter.recipient.concat().split_whitespace().collect();
        assert_eq!(inside, address);
    }
}

#[test]
fn pages_are_numbered_when_there_are_several() {
    let short = samples::receipt().set().unwrap();
    assert_eq!(short.n_pages, 1);
    assert!(!pdf::text(&short.pdf).contains("1/1"));
    let grounds = "Nous avons relu chaque pièce de votre dossier. ".repeat(120);
    let long = samples::answer_saying(&grounds).set().unwrap();
    assert_eq!(long.n_pages, 3);
    let text = pdf::text(&long.pdf);
    for number in ["1/3", "2/3", "3/3"] {
        assert!(text.lines().any(|line| line.ends_with(number)), "{text}");
    }
}

#[test]
fn the_same_values_make_the_same_bytes() {
    let [first, again] = [samples::answer(), samples::answer()].map(|one| one.set().unwrap());
    assert!(first == again);
    let other = samples::answer_saying("Autre.").set().unwrap();
    assert!(first != other);
}
