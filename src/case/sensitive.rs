//! The acts of flagging sensitive data, and of lifting the flag.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::act::{ActError, Seen, count};
use crate::case::events::protecting;
use crate::case::motive::{self, Motive};
use crate::case::withheld::withhold;
use crate::case::{Office, StaffId, Status, dossier};
use crate::db::Conn;
use crate::db::schema::cases;
use crate::journal::{self, Actor};

/// Says that the case holds sensitive data, or that it holds none after all: few may read it then, and
/// e-mails carry a notice instead of its content, those that wait to leave too.
///
/// # Errors
/// [`ActError::AlreadyDone`] when it is said already; or the case has changed since it was shown, or the
/// database fails.
pub async fn flag(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    (is_sensitive, why): (bool, &Motive),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let otherwise = cases::table
            .find(seen.case.0)
            .filter(cases::is_sensitive.ne(is_sensitive));
        let n_changed = diesel::update(otherwise)
            .set(cases::is_sensitive.eq(is_sensitive))
            .execute(conn)
            .await?;
        if n_changed == 0 {
            return Err(ActError::AlreadyDone);
        }
        let why = motive::keep(conn, seen.case, why, (by, at)).await?;
        let entry = why.on(protecting::sensitivity(is_sensitive));
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        if is_sensitive {
            let dossier = dossier::by_id(conn, seen.case).await?;
            withhold(conn, office, &dossier, at).await?;
        }
        Ok(())
    })
    .await
}
