//! Locks that order the writers of one thing across nodes, until the end of their transaction.

use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;

use crate::db::{Conn, DbError};

/// What is written by one transaction at a time.
#[derive(Clone, Copy, Debug)]
pub enum Lock {
    /// The journal chain of the system.
    SystemChain,
    /// The daily seal.
    Seal,
    /// The lists of products and subjects.
    Catalogue,
}

/// Waits for the lock and holds it until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn hold(conn: &mut Conn, lock: Lock) -> Result<(), DbError> {
    let key = match lock {
        Lock::SystemChain => 1,
        Lock::Seal => 2,
        Lock::Catalogue => 3,
    };
    diesel::select(pg_advisory_xact_lock(NAMESPACE, key))
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps our locks apart from those of other programs in the same database.
const NAMESPACE: i32 = 0x41_53_4b;

diesel::define_sql_function! {
    /// Waits for a lock that the end of the transaction lets go; the void result is not read.
    fn pg_advisory_xact_lock(
        namespace: Integer,
        key: Integer,
    ) -> Text;
}
