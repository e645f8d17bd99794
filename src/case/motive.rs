//! Why an act was done: kept in a table of its own, which is erased with the content of its case. The
//! journal names the row and holds its digest.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::dossier::digest;
use crate::case::filing::Text;
use crate::case::{CaseId, StaffId};
use crate::db::schema::{cases, motives};
use crate::db::{Conn, DbError};
use crate::journal::{Entry, Hash};

/// Why staff do what they do, 1 to 2,000 characters.
pub type Motive = Text<1, 2_000>;

/// A motive as the journal tells of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// Its row.
    pub(crate) id: i64,
    /// Digest of its text, keyed by the secret of the case.
    pub(crate) digest: Hash,
}

impl Kept {
    /// The line with its motive.
    pub(crate) fn on(&self, entry: Entry) -> Entry {
        entry.id("motive", self.id).digest("why", &self.digest)
    }
}

/// Keeps the motive of an act.
///
/// # Errors
/// When the database fails.
pub(super) async fn keep(
    conn: &mut Conn,
    case: CaseId,
    motive: &Motive,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<Kept, DbError> {
    let secret: Option<Vec<u8>> = cases::table
        .find(case.0)
        .select(cases::secret)
        .first(conn)
        .await?;
    let id: i64 = diesel::insert_into(motives::table)
        .values((
            motives::case_id.eq(case.0),
            motives::written_by.eq(by.0),
            motives::written_at.eq(at),
            motives::body.eq(motive.as_str()),
        ))
        .returning(motives::id)
        .get_result(conn)
        .await?;
    Ok(Kept {
        id,
        digest: digest(secret.as_deref(), motive.as_str()),
    })
}

/// The motives of a case, oldest first: the id that its journal names, and the text.
///
/// # Errors
/// When the database fails.
pub async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<(i64, String)>, DbError> {
    motives::table
        .filter(motives::case_id.eq(case.0))
        .order(motives::id.asc())
        .select((motives::id, motives::body))
        .load(conn)
        .await
}
