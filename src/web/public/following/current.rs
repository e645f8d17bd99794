//! The case that the visitor's cookie keeps open: the guard of everything below `/suivi/dossier`.

use crate::case::{CaseId, Dossier, dossier};
use crate::db::Conn;
use crate::web::public::following::opened::Opened;
use crate::web::public::visit::Visit;
use crate::web::{AppError, urls};

/// The case of the visitor.
pub(super) struct Current {
    /// How it was opened.
    pub(super) opened: Opened,
    /// What it holds.
    pub(super) dossier: Dossier,
}

impl Current {
    /// Whether the person may act here with a form that was shown for `case`: never on a case that
    /// another page opened meanwhile.
    pub(super) fn serves(&self, case: Option<CaseId>) -> bool {
        case == Some(self.opened.case) && self.opened.may_act()
    }
}

/// Where a visitor is led whose case is not open, or no longer.
pub(super) fn way_in() -> String {
    format!("{}?avis=expire", urls::FOLLOWING)
}

/// The case that the visitor's cookie opens; none when it is over, when the code has changed, or when a
/// link is not enough to open it.
///
/// # Errors
/// When the database fails.
pub(super) async fn find(conn: &mut Conn, visit: &Visit<'_>) -> Result<Option<Current>, AppError> {
    let Some(opened) = Opened::read(visit.state, visit.request, visit.at) else {
        return Ok(None);
    };
    let current = of(conn, opened).await?;
    let case = &current.dossier.case;
    let is_current = case.code_generation == opened.code_generation;
    // Sensitive data are read behind the code alone.
    let is_enough = opened.may_act() || !case.is_sensitive;
    Ok((is_current && is_enough).then_some(current))
}

/// The case that has just been opened.
///
/// # Errors
/// When the database fails.
pub(super) async fn of(conn: &mut Conn, opened: Opened) -> Result<Current, AppError> {
    let dossier = dossier::by_id(conn, opened.case).await?;
    Ok(Current { opened, dossier })
}
