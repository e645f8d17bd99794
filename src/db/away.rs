//! Telling an outage of the database from a statement that it refuses.

use diesel::result::DatabaseErrorKind as Kind;

use crate::db::DbError;

/// Whether the connection was lost, or the server takes no change for now: whatever was asked for is no
/// cause of it. What the server says as it goes away, before it does, is not known from another refusal.
pub fn is_away(error: &DbError) -> bool {
    match error {
        DbError::BrokenTransactionManager => true,
        DbError::RollbackErrorOnCommit { rollback_error, .. } => is_away(rollback_error),
        DbError::DatabaseError(kind, _) => matches!(
            kind,
            Kind::ClosedConnection | Kind::UnableToSendCommand | Kind::ReadOnlyTransaction
        ),
        _ => false,
    }
}
