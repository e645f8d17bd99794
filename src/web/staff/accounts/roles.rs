//! The roles as boxes to tick, on the page of an account and on the invitation.

use serde::Deserialize;

use crate::staff::{Role, Roles};
use crate::web::staff::accounts::words;

/// What was ticked: each box has the code of its role as its name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Ticked {
    handler: String,
    supervisor: String,
    administrator: String,
    auditor: String,
}

impl Ticked {
    /// The roles that are ticked; none if no box is.
    pub(super) fn roles(&self) -> Option<Roles> {
        Roles::of(Role::ALL.iter().copied().filter(|role| self.has(*role)))
    }

    fn has(&self, role: Role) -> bool {
        let value = match role {
            Role::Handler => &self.handler,
            Role::Supervisor => &self.supervisor,
            Role::Administrator => &self.administrator,
            Role::Auditor => &self.auditor,
        };
        !value.is_empty()
    }
}

/// One box.
pub(super) struct RoleBox {
    /// Its id: the first of them has the group's.
    pub(super) id: &'static str,
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    pub(super) consequence: &'static str,
    pub(super) is_ticked: bool,
}

/// Id of the group, where a refused form is pointed to.
pub(super) const GROUP: &str = "roles";

/// What to do when no box is ticked.
pub(super) const MISSING: &str = "Cochez au moins un rôle.";

/// The boxes, those of `ticked` ticked.
pub(super) fn boxes(ticked: Option<Roles>) -> Vec<RoleBox> {
    let to_box = |(place, role): (usize, Role)| RoleBox {
        id: if place == 0 { GROUP } else { role.code() },
        code: role.code(),
        label: words::role(role),
        consequence: words::consequence(role),
        is_ticked: ticked.is_some_and(|roles| roles.contains(role)),
    };
    Role::ALL.iter().copied().enumerate().map(to_box).collect()
}
