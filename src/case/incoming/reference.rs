//! References that stand in a text: a hint, which anyone can write.

use crate::case::Reference;

/// Longest reference, with its dashes.
const LONGEST: usize = 32;
/// Most references looked at in a text.
const MOST: usize = 10;

/// The references that a text names, each once.
pub(super) fn named(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let upper = text.to_ascii_uppercase();
    for (at, _) in upper.match_indices("ASK").take(10 * MOST) {
        let rest: String = upper
            .get(at..)
            .unwrap_or_default()
            .chars()
            .take(LONGEST)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        if let Some(reference) = Reference::parse(&rest)
            && !found.contains(&reference)
        {
            found.push(reference);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CaseId;

    #[test]
    fn a_text_names_references_with_a_right_letter() {
        let reference = Reference::new(2026, CaseId(123));
        let text = format!("Re: [{reference}] (ask-2026-000123-z, ASK, {reference}.)");
        assert_eq!(named(&text), [reference]);
        assert!(named("Task force").is_empty());
    }
}
