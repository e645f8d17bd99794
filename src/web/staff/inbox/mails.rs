//! What the inbox says of the e-mails that arrive: how many wait, and whether they still come.

use chrono::{DateTime, Utc};

use crate::web::staff::inbox::counts::Arrivals;
use crate::web::staff::inbox::page::ListLink;
use crate::web::staff::incoming::words;
use crate::web::staff::moment::Moment;
use crate::web::urls;

/// Folders of the mailbox that are not read, for one cause.
pub(super) struct Silent {
    /// Their names.
    pub(super) folders: String,
    /// The longest of them.
    pub(super) since: Moment,
    /// What to check.
    pub(super) why: &'static str,
}

/// Their desk, and how many e-mails wait there.
pub(super) fn link(arrivals: &Arrivals) -> ListLink {
    ListLink {
        address: urls::STAFF_INCOMING.to_owned(),
        title: "Courriels reçus, à traiter",
        count: words::count(arrivals.n_to_decide),
        is_current: false,
        is_urgent: arrivals.n_to_decide > 0,
    }
}

/// The folders that are not read, by cause.
pub(super) fn silent(arrivals: Option<&Arrivals>, now: DateTime<Utc>) -> Vec<Silent> {
    let mut causes: Vec<(Vec<&str>, DateTime<Utc>, &str)> = Vec::new();
    for folder in arrivals.iter().flat_map(|arrivals| &arrivals.folders) {
        let Some(since) = folder.unread_since(now) else {
            continue;
        };
        let why = words::failure(folder.failure);
        match causes.iter_mut().find(|(.., known)| *known == why) {
            Some((names, longest, _)) => {
                names.push(&folder.name);
                *longest = since.min(*longest);
            }
            None => causes.push((vec![&folder.name], since, why)),
        }
    }
    let told = causes.into_iter().map(|(names, since, why)| Silent {
        folders: names.join(", "),
        since: Moment::of(since),
        why,
    });
    told.collect()
}

/// The folders of which some e-mails do not come.
pub(super) fn stepped_over(arrivals: Option<&Arrivals>) -> Vec<String> {
    let folders = arrivals.iter().flat_map(|arrivals| &arrivals.folders);
    folders.filter_map(words::stepped_over).collect()
}
