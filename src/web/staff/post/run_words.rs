//! Where the letters of a printing stand, in words.

use crate::calendar::plain_date;
use crate::case::post::Printed;

/// Whether a letter is still to be posted.
pub(super) const fn waits(letter: &Printed) -> bool {
    letter.posted_on.is_none() && !letter.is_dropped
}

/// Where a letter stands, once it waits no more.
pub(super) fn settled(letter: &Printed) -> Option<String> {
    match letter.posted_on {
        Some(day) => Some(format!("Lettre postée le {}", plain_date(day))),
        None => letter.is_dropped.then(|| "N’est plus à poster".to_owned()),
    }
}

/// The title of the page.
pub(super) fn title(letters: &[Printed]) -> &'static str {
    if letters.iter().any(waits) {
        "Lettres à imprimer"
    } else if letters.iter().any(|letter| letter.is_dropped) {
        "Impression terminée"
    } else if letters.len() == 1 {
        "Lettre postée"
    } else {
        "Lettres postées"
    }
}

/// What noting has done.
pub(super) fn noted(letters: &[Printed]) -> &'static str {
    if letters.iter().any(waits) {
        "L’envoi est noté. Des lettres de cette impression attendent encore."
    } else {
        "L’envoi est noté."
    }
}
