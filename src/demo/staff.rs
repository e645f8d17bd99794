//! The people who handle the cases of a demonstration: accounts that nobody can sign in to.

use chrono::{DateTime, Utc};

use crate::db::{Conn, DbError};
use crate::staff::{DisplayName, Role, StaffId, StandIn, add_stand_in};

/// Someone of the team.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: StaffId,
    pub(super) name: String,
}

/// Those who work the cases.
#[derive(Clone, Debug, Default)]
pub(super) struct Team {
    /// They take cases and answer.
    pub(super) handlers: Vec<Member>,
    /// They also read refusals over.
    pub(super) supervisors: Vec<Member>,
}

const TEAM: [(&str, &str, Role); 7] = [
    (
        "Claire Fontenay",
        "claire.fontenay@example.org",
        Role::Handler,
    ),
    (
        "Julien Marchetti",
        "julien.marchetti@example.org",
        Role::Handler,
    ),
    ("Awa Sarr", "awa.sarr@example.org", Role::Handler),
    ("Bruno Lescure", "bruno.lescure@example.org", Role::Handler),
    ("Maud Tanguy", "maud.tanguy@example.org", Role::Handler),
    (
        "Hélène Castaing",
        "helene.castaing@example.org",
        Role::Supervisor,
    ),
    (
        "Rachid Amrani",
        "rachid.amrani@example.org",
        Role::Supervisor,
    ),
];

impl Team {
    /// Adds the accounts that are missing. No administrator is among them, so
    /// that the first administrator's link is printed all the same.
    pub(super) async fn gather(conn: &mut Conn, since: DateTime<Utc>) -> Result<Self, DbError> {
        let mut team = Self::default();
        for (name, email, role) in TEAM {
            let Ok(display_name) = DisplayName::parse(name) else {
                continue;
            };
            let account = StandIn {
                label: format!("{email} (démonstration)"),
                name: display_name,
                roles: role.into(),
            };
            let id = add_stand_in(conn, &account, since).await?;
            let member = Member {
                id,
                name: name.to_owned(),
            };
            if role == Role::Supervisor {
                team.supervisors.push(member);
            } else {
                team.handlers.push(member);
            }
        }
        Ok(team)
    }
}
