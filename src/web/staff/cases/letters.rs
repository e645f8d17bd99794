//! What became of a letter: its pages, and how it left.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::PostalKind;
use crate::case::files::CaseFile;
use crate::case::thread::ItemKind;
use crate::web::staff::cases::delivery::Delivery;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::urls;

/// The address of the letter that is it.
pub(super) fn printed(loaded: &Loaded, is_it: impl Fn(&CaseFile) -> bool) -> Option<String> {
    let mut letters = loaded.files.iter().filter(|file| file.letter.is_some());
    let letter = letters.find(|file| is_it(file))?;
    let part = format!("pieces/{}", letter.id.0);
    Some(urls::staff_case_part(
        &loaded.dossier.case.reference(),
        &part,
    ))
}

/// The address of the letter that an e-mail was.
pub(super) fn pdf_of_email(loaded: &Loaded, outbox: i64) -> Option<String> {
    printed(loaded, |file| file.outbox == Some(outbox))
}

/// How a letter left, or that it waits.
pub(super) fn by_post(posted_on: Option<NaiveDate>, tracking: Option<&str>) -> Delivery {
    match posted_on {
        Some(on) => Delivery {
            tone: "ok",
            badge: "Lettre postée",
            words: match tracking {
                Some(number) => {
                    format!("Postée le {}, numéro de suivi {number}.", plain_date(on))
                }
                None => format!("Postée le {}.", plain_date(on)),
            },
        },
        None => Delivery {
            tone: "soon",
            badge: "Par courrier",
            words: "Pas d’adresse e-mail utilisable\u{202f}: ce texte part par courrier."
                .to_owned(),
        },
    }
}

/// The number of the letter by which an answer left on a day.
pub(super) fn tracking_of_answer(loaded: &Loaded, on: Option<NaiveDate>) -> Option<&str> {
    let mut letters = loaded.items.iter();
    let letter = letters.find(|item| {
        item.kind == ItemKind::Letter(PostalKind::Answer) && item.posted_on == on && on.is_some()
    })?;
    letter.tracking.as_deref()
}
