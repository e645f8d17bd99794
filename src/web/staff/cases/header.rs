//! What a case is, at a glance.

use crate::calendar::plain_date;
use crate::case::Nature;
use crate::case::oral::is_only_said;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::words;

/// The head of its page.
pub(in crate::web::staff) struct Header {
    pub(super) status: &'static str,
    pub(super) status_tone: &'static str,
    pub(super) is_complaint: bool,
    pub(super) nature: &'static str,
    pub(super) declared: &'static str,
    pub(super) qualified: &'static str,
    pub(super) handler: Option<String>,
    pub(super) channel: &'static str,
    pub(super) received: String,
    pub(super) written: Option<String>,
    pub(super) is_demo: bool,
    pub(super) is_archived: bool,
}

impl Header {
    /// Of the case as it was read.
    pub(super) fn of(loaded: &Loaded) -> Self {
        let case = &loaded.dossier.case;
        let is_reopened = loaded.particulars.reopened_on.is_some();
        let named = |nature: Option<Nature>, none| nature.map_or(none, words::nature);
        Self {
            status: if is_reopened && case.status.is_open() {
                "Rouvert, à réexaminer"
            } else if loaded.dossier.is_contested() {
                "Désaccord, à réexaminer"
            } else if is_only_said(&loaded.dossier) {
                "Reçue de vive voix"
            } else {
                words::status(case.status, case.nature)
            },
            status_tone: words::status_tone(case.status),
            is_complaint: case.nature == Nature::Complaint,
            nature: words::nature(case.nature),
            declared: named(case.nature_declared, "non précisée"),
            qualified: named(case.nature_qualified, "à qualifier"),
            handler: case
                .handler()
                .map(|id| loaded.colleagues.name(id).to_owned()),
            channel: words::channel(case.channel),
            received: plain_date(loaded.dossier.dates.received_on),
            written: loaded.dossier.dates.first_written_on.map(plain_date),
            is_demo: case.is_demo,
            is_archived: loaded.particulars.is_archived,
        }
    }
}
