//! French typography of every template: spaces that no line may break at, apostrophes.

use std::path::Path;

use crate::architecture::files_under;

/// What no text holds: U+202F stands before `; : ! ? »` and after `«`, U+00A0 in `10 jours`.
const FAULTS: [&str; 7] = [" ;", " :", " !", " ?", " »", "« ", "l'"];

/// What a number never leaves alone on the next line.
const UNITS: [&str; 9] = [
    "jours",
    "mois",
    "ans",
    "heures",
    "minutes",
    "secondes",
    "caractères",
    "chiffres",
    "€",
];

#[test]
fn texts_break_where_french_lets_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files = files_under(&folder, "html");
    files.extend(files_under(&folder, "txt"));
    assert!(files.len() > 50, "{} templates", files.len());
    let mut found = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for part in texts(&text) {
            if let Some(fault) = fault(&part) {
                found.push(format!("{}: « {fault} » in {part}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The texts between the tags, and the French ones given to macros.
fn texts(template: &str) -> Vec<String> {
    let shown = without(template, "{#", "#}", |_| String::new());
    let mut given = Vec::new();
    let mut keep = |code: &str| {
        given.extend(code.split('"').skip(1).step_by(2).map(str::to_owned));
        "\n".to_owned()
    };
    let shown = without(&shown, "{%", "%}", &mut keep);
    let shown = without(&shown, "{{", "}}", |code| {
        keep(code);
        "…".to_owned()
    });
    let shown = without(&shown, "<", ">", |_| "\n".to_owned());
    given.extend(shown.lines().map(str::to_owned));
    given
}

/// The text with each part from `open` to `close` replaced.
fn without(text: &str, open: &str, close: &str, mut replace: impl FnMut(&str) -> String) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut kept, part| {
        let (code, rest) = part.split_once(close).unwrap_or((part, ""));
        kept.push_str(&replace(code));
        kept.push_str(rest);
        kept
    })
}

fn fault(text: &str) -> Option<&str> {
    let ends = |at: usize, fault: &str| {
        let after = text
            .get(at + fault.len()..)
            .and_then(|rest| rest.chars().next());
        fault == "« " || fault == "l'" || after.is_none_or(char::is_whitespace)
    };
    let spaced = FAULTS.into_iter().find(|fault| {
        text.match_indices(fault)
            .any(|(at, _)| (at > 0 || !fault.starts_with(' ')) && ends(at, fault))
    });
    spaced.or_else(|| {
        let mut words = text.split(' ').zip(text.split(' ').skip(1));
        let is_number = |word: &str| word.chars().last().is_some_and(|c| c.is_ascii_digit());
        let is_unit = |word: &str| UNITS.contains(&word.trim_end_matches(['.', ',']));
        words
            .find(|(number, unit)| is_number(number) && is_unit(unit))
            .map(|(_, unit)| unit)
    })
}
