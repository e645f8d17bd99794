//! Absences to come, and who can be chosen.

use crate::staff::absences::Absence;
use crate::staff::{Right, StaffId};
use crate::web::staff::colleagues::Colleagues;
use crate::web::staff::moment::Day;

/// An absence as a page shows it.
pub(in crate::web::staff) struct Line {
    pub(in crate::web::staff) id: i64,
    pub(in crate::web::staff) account: i64,
    pub(in crate::web::staff) absent: String,
    pub(in crate::web::staff) deputy: String,
    pub(in crate::web::staff) is_uncovered: bool,
    pub(in crate::web::staff) from: Day,
    pub(in crate::web::staff) until: Day,
}

impl Line {
    pub(in crate::web::staff) fn new(absence: &Absence, colleagues: &Colleagues) -> Self {
        Self {
            id: absence.id.0,
            account: absence.account.0,
            absent: colleagues.name(absence.account).to_owned(),
            is_uncovered: absence.is_uncovered,
            deputy: colleagues.name(absence.deputy).to_owned(),
            from: Day::of(absence.from_on),
            until: Day::of(absence.until_on),
        }
    }
}

/// Someone of a list to choose from.
pub(in crate::web::staff) struct Choice {
    pub(in crate::web::staff) id: String,
    pub(in crate::web::staff) label: String,
}

impl Choice {
    /// Those who work cases, but for `except`.
    pub(in crate::web::staff) fn among(
        colleagues: &Colleagues,
        except: Option<StaffId>,
    ) -> Vec<Self> {
        let able = colleagues.who_may(Right::WorkCases);
        let others = able.into_iter().filter(|one| Some(one.id) != except);
        others
            .map(|one| Self {
                id: one.id.0.to_string(),
                label: one.display_name.clone(),
            })
            .collect()
    }
}
