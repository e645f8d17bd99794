//! What the person is told of a change of nature of their case.

use crate::calendar::long_date;
use crate::case::{Dossier, Nature};

/// A change of nature that the person should know of.
pub(super) enum NatureNote {
    /// Staff hold that the complaint is a request; the person can object.
    Pending {
        /// Why, in the words of staff.
        motive: String,
        /// Last day to object, in words, once the notice has left.
        until: Option<String>,
    },
    /// The person objected: it stays a complaint.
    Refused,
    /// Staff made a complaint of the request.
    Raised {
        /// Why, in the words of staff.
        motive: String,
    },
    /// The complaint became a request, for want of an objection.
    Lowered,
}

impl NatureNote {
    /// Of a case, while it matters.
    pub(super) fn of(dossier: &Dossier) -> Option<Self> {
        let last = dossier.requalification.as_ref()?;
        if !dossier.case.status.is_open() {
            return None;
        }
        let motive = || last.motive.clone().unwrap_or_default();
        if last.is_pending() {
            return Some(Self::Pending {
                motive: motive(),
                until: last.object_until().map(long_date),
            });
        }
        if last.was_refused() {
            return Some(Self::Refused);
        }
        match (last.to_nature, last.decided_by()) {
            (Nature::InformationRequest, _)
                if dossier.case.nature == Nature::InformationRequest =>
            {
                Some(Self::Lowered)
            }
            (Nature::Complaint, Some(_)) => Some(Self::Raised { motive: motive() }),
            _ => None,
        }
    }
}
