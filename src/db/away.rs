//! Telling an outage of the database from a statement that it refuses.

use diesel::result::DatabaseErrorKind as Kind;

use crate::db::DbError;

/// Whether the connection was lost, or the server takes no change for now: whatever was asked for is no
/// cause of it. What the server says as it goes away, before it does, is not known from another refusal.
pub fn is_away(error: &DbError) -> bool {
    if let DbError::RollbackErrorOnCommit { rollback_error, .. } = error {
        return is_away(rollback_error);
    }
    let is_lost = |kind: &Kind| {
        matches!(
            kind,
            Kind::ClosedConnection | Kind::UnableToSendCommand | Kind::ReadOnlyTransaction
        )
    };
    matches!(error, DbError::BrokenTransactionManager)
        || matches!(error, DbError::DatabaseError(kind, _) if is_lost(kind))
}
