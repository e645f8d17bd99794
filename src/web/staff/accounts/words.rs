//! What pages say of accounts.

use chrono::{DateTime, Utc};

use crate::staff::{AccountLine, AccountState, Role, Roles};

/// The name of a role.
pub(in crate::web::staff) const fn role(role: Role) -> &'static str {
    match role {
        Role::Handler => "Gestionnaire",
        Role::Supervisor => "Responsable",
        Role::Administrator => "Administrateur",
        Role::Auditor => "Auditeur",
    }
}

/// What a role brings, in one line.
pub(super) const fn consequence(role: Role) -> &'static str {
    match role {
        Role::Handler => "Traite les dossiers\u{202f}: enregistre, écrit, répond, clôt.",
        Role::Supervisor => {
            "Fait tout ce que fait un gestionnaire\u{202f}; affecte, requalifie, relit les refus, \
             rouvre, organise les absences."
        }
        Role::Administrator => {
            "Tient les comptes, les réglages et les modèles. Seul, ce rôle n’ouvre aucun dossier."
        }
        Role::Auditor => "Lit tout, dossiers et journal, et ne change rien.",
    }
}

/// The roles of an account, in words.
pub(in crate::web::staff) fn roles(roles: Roles) -> String {
    let names: Vec<&str> = roles.iter().map(role).collect();
    names.join(", ")
}

/// What stands where an account has no name yet.
pub(super) const UNNAMED: &str = "Premier administrateur";

/// Where an account stands, and the tone of its badge.
pub(super) fn state(account: &AccountLine, at: DateTime<Utc>) -> (&'static str, &'static str) {
    match account.state {
        AccountState::Pending => ("À activer", "soon"),
        AccountState::Enrolled if is_locked(account, at) => ("Verrouillé", "late"),
        AccountState::Enrolled => ("Actif", "ok"),
        AccountState::Disabled => ("Désactivé", ""),
    }
}

/// Whether too many failures keep it from signing in now.
pub(super) fn is_locked(account: &AccountLine, at: DateTime<Utc>) -> bool {
    account.blocked_until.is_some_and(|until| at < until)
}
