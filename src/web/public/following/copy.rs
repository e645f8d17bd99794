//! The full dated copy of a filing, as an e-mail: what the form asked and what was answered (R19).

use chrono_tz::Europe::Paris;

use crate::calendar;
use crate::case::{AsFiled, WayIn};
use crate::mail::Composed;
use crate::mail::words::{
    FullCopy, MediationRight, MediatorBlock, Occasion, Opening, Section, WordsError,
};
use crate::web::public::{enclosed, recap};

/// What the form asked and what was answered, for an e-mail or a letter.
pub(in crate::web) fn copied(as_filed: AsFiled<'_>) -> Vec<(String, String)> {
    let sections = recap::of_dossier(as_filed.dossier, as_filed.filing);
    let told = enclosed::add_filed(sections, as_filed.files);
    let facts = told.into_iter().flat_map(|section| section.facts);
    facts
        .map(|fact| (fact.label.to_owned(), fact.text))
        .collect()
}

/// Writes the copy of what was filed, as told on `today` (Paris).
///
/// # Errors
/// When the template fails.
pub(super) fn of(
    AsFiled {
        dossier,
        filing,
        files,
    }: AsFiled<'_>,
    way_in: &WayIn,
    today: chrono::NaiveDate,
) -> Result<Composed, WordsError> {
    let told = copied(AsFiled {
        dossier,
        filing,
        files,
    });
    let sections: Vec<Section<'_>> = told
        .iter()
        .map(|(label, text)| Section { label, text })
        .collect();
    let right = |dates: calendar::LegalDates| {
        if dossier.filing.is_professional {
            MediationRight::Professional
        } else {
            MediationRight::Consumer {
                opens: Opening::on(dates.mediation_from.date, today),
                last_day: dates.mediation_last_day.date,
            }
        }
    };
    let mediator = dossier.legal_dates().map(|dates| MediatorBlock {
        occasion: Occasion::Procedure,
        right: right(dates),
    });
    FullCopy {
        reference: &dossier.case.reference().to_string(),
        filed_at: dossier.case.received_at.with_timezone(&Paris).naive_local(),
        sections: &sections,
        mediator,
        follow: way_in.as_words(),
    }
    .compose()
}
