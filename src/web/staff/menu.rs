//! The menu of the back office: one table, of which each sees the lines they may follow.

use crate::staff::{Right, Roles};
use crate::web::urls;

/// A line of the menu.
struct Line {
    label: &'static str,
    address: &'static str,
    /// What its page asks for; nothing if whoever is signed in may read it.
    right: Option<Right>,
}

impl Line {
    fn is_open_to(&self, roles: Roles) -> bool {
        self.right.is_none_or(|right| roles.may(right))
    }
}

/// The lines, in their order.
const LINES: &[Line] = &[
    Line {
        label: "Boîte",
        address: urls::STAFF_INBOX,
        right: Some(Right::ReadCases),
    },
    Line {
        label: "Enregistrer",
        address: urls::STAFF_ENTRY,
        right: Some(Right::EnterCases),
    },
    Line {
        label: "Courriels reçus",
        address: urls::STAFF_INCOMING,
        right: Some(Right::EnterCases),
    },
    Line {
        label: "Courriels envoyés",
        address: urls::STAFF_EMAILS,
        right: Some(Right::ReadEmails),
    },
    Line {
        label: "Lettres à poster",
        address: urls::STAFF_LETTERS,
        right: Some(Right::WorkCases),
    },
    Line {
        label: "Droits des personnes",
        address: urls::STAFF_PERSONS,
        right: Some(Right::ServePersons),
    },
    Line {
        label: "Absences",
        address: urls::STAFF_ABSENCES,
        right: Some(Right::ManageAbsences),
    },
    Line {
        label: "Comptes",
        address: urls::STAFF_ACCOUNTS,
        right: Some(Right::ReadAccounts),
    },
    Line {
        label: "Modèles",
        address: urls::STAFF_TEMPLATES,
        right: Some(Right::ReadTemplates),
    },
    Line {
        label: "Journal",
        address: urls::STAFF_JOURNAL,
        right: Some(Right::ReadJournal),
    },
    Line {
        label: "Réglages",
        address: urls::STAFF_SETTINGS,
        right: Some(Right::ReadSettings),
    },
    Line {
        label: "Aide",
        address: urls::STAFF_HELP,
        right: None,
    },
];

/// A line as a page shows it.
#[derive(Clone, Debug)]
pub(crate) struct MenuLine {
    /// What it says.
    pub(crate) label: &'static str,
    /// Where it leads.
    pub(crate) address: &'static str,
    /// The value of `aria-current`: `page` on that page, `true` on one below it.
    pub(crate) current: Option<&'static str>,
}

/// The lines that these roles may follow, seen from the page at `path`.
pub(super) fn of(roles: Roles, path: &str) -> Vec<MenuLine> {
    LINES
        .iter()
        .filter(|line| line.is_open_to(roles))
        .map(|line| MenuLine {
            label: line.label,
            address: line.address,
            current: current(line.address, path),
        })
        .collect()
}

/// The first page of the menu for whoever has these roles.
pub(super) fn first_page(roles: Roles) -> Option<&'static str> {
    let mut allowed = LINES.iter().filter(|line| line.is_open_to(roles));
    allowed.next().map(|line| line.address)
}

/// Every page of the back office is below the inbox: that one is current on itself only.
fn current(address: &str, path: &str) -> Option<&'static str> {
    if path == address {
        return Some("page");
    }
    let is_below = path
        .strip_prefix(address)
        .is_some_and(|rest| rest.starts_with('/'));
    // A line of the menu can be below another: the more precise one is current.
    let is_closer = |line: &Line| {
        line.address.len() > address.len()
            && path
                .strip_prefix(line.address)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_current = is_below && address != urls::STAFF_INBOX && !LINES.iter().any(is_closer);
    is_current.then_some("true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::Role;

    #[test]
    fn one_sees_the_lines_that_one_may_follow() {
        let labels = |roles: Roles| -> Vec<&str> {
            of(roles, "/gestion")
                .iter()
                .map(|line| line.label)
                .collect()
        };
        assert!(labels(Role::Handler.into()).contains(&"Boîte"));
        assert!(!labels(Role::Handler.into()).contains(&"Comptes"));
        assert!(!labels(Role::Administrator.into()).contains(&"Boîte"));
        assert_eq!(first_page(Roles::FIRST), Some("/gestion"));
    }

    #[test]
    fn the_page_one_is_on_is_marked() {
        assert_eq!(current("/gestion", "/gestion"), Some("page"));
        assert_eq!(current("/gestion", "/gestion/comptes"), None);
        assert_eq!(
            current("/gestion/comptes", "/gestion/comptes/7"),
            Some("true")
        );
        assert_eq!(current("/gestion/comptes", "/gestion/comptesx"), None);
        let incoming = "/gestion/courriels/recus";
        assert_eq!(
            current(incoming, "/gestion/courriels/recus/7"),
            Some("true")
        );
        assert_eq!(
            current("/gestion/courriels", "/gestion/courriels/recus/7"),
            None
        );
    }
}
