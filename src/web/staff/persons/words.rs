//! The French words of rights and of how they were answered.

use crate::case::persons::{RightKind, Settlement};

/// Which right is used.
pub(super) const fn right(kind: RightKind) -> &'static str {
    match kind {
        RightKind::Access => "Accès et copie",
        RightKind::Rectification => "Rectification",
        RightKind::Erasure => "Effacement",
        RightKind::Restriction => "Limitation",
        RightKind::Objection => "Opposition",
    }
}

/// How it was answered.
pub(super) const fn settlement(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Granted => "Accordée",
        Settlement::Partly => "Accordée en partie",
        Settlement::Refused => "Refusée",
    }
}
