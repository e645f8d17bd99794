//! The menu « Autres actes » of a case: what its reader may do on it now, from the table of acts.

use crate::web::staff::cases::acts::{ACTS, ActLine, Group, Scene};

/// A heading and the acts below it.
pub(in crate::web::staff) struct MenuGroup {
    pub(super) title: &'static str,
    pub(super) acts: Vec<&'static ActLine>,
}

/// The menu, without what the reader may not do, what does not suit the case, and what the page offers
/// as its next step.
pub(super) fn groups(scene: &Scene<'_>, next: Option<&str>) -> Vec<MenuGroup> {
    let may = |line: &&ActLine| {
        scene.current.may(line.right) && (line.suits)(scene) && Some(line.code()) != next
    };
    Group::ALL
        .into_iter()
        .map(|group| MenuGroup {
            title: group.words(),
            acts: ACTS
                .iter()
                .map(|entry| entry.line)
                .filter(|line| line.group == Some(group))
                .filter(may)
                .collect(),
        })
        .filter(|group| !group.acts.is_empty())
        .collect()
}
