//! What pages say of accounts.

use crate::staff::{AccountState, Role};

/// The name of a role.
pub(in crate::web::staff) const fn role(role: Role) -> &'static str {
    match role {
        Role::Handler => "Gestionnaire",
        Role::Supervisor => "Responsable",
        Role::Administrator => "Administrateur",
        Role::Auditor => "Auditeur",
    }
}

/// Where an account stands, and the tone of its badge.
pub(super) const fn state(state: AccountState) -> (&'static str, &'static str) {
    match state {
        AccountState::Pending => ("À activer", "soon"),
        AccountState::Enrolled => ("Actif", "ok"),
        AccountState::Disabled => ("Désactivé", ""),
    }
}
