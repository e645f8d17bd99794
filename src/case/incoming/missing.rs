//! What the mailbox may have and we have not: whoever waits for someone's silence must know of it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::calendar::paris_date;
use crate::db::schema::mailbox_folders;
use crate::db::{Conn, DbError, Fixed, fixed};

/// How long a folder counts that another node reads, and this one does not, after its last sign of life:
/// one that nobody reads any more holds up nothing for longer.
const ELSEWHERE: TimeDelta = TimeDelta::days(2);

/// A folder of the mailbox.
#[derive(Queryable)]
struct Folder {
    mailbox: String,
    name: String,
    reached_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
    /// When the last of those e-mails was refused first that the server does not give.
    refused_at: Option<DateTime<Utc>>,
}

impl Folder {
    fn is(&self, (mailbox, name): &(String, String)) -> bool {
        self.mailbox == *mailbox && self.name == *name
    }

    fn may_be_read_elsewhere(&self, at: DateTime<Utc>) -> bool {
        let told = self.reached_at.max(self.failed_at);
        told.is_some_and(|told| at - ELSEWHERE < told)
    }

    /// Until when e-mails may lie in it that we do not have.
    fn missing_until(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = paris_date(at);
        let was_read = self.reached_at.is_some_and(|at| today <= paris_date(at));
        if was_read && self.failed_at.is_none() {
            self.refused_at
        } else {
            Some(at)
        }
    }
}

/// Until when, at most at `at`, e-mails may have come that we do not have: UTC; none when we have all.
/// `read` are the folders (mailbox and name) that this node reads: one of them that does not answer, or
/// was not read since the day began in Paris, may hold any. An e-mail that the server does not give had
/// come when it was first refused.
///
/// # Errors
/// When the database fails.
pub async fn missing_until(
    conn: &mut Conn,
    read: &[(String, String)],
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let folders: Vec<Folder> = mailbox_folders::table
        .select((
            mailbox_folders::mailbox,
            mailbox_folders::folder,
            mailbox_folders::reached_at,
            mailbox_folders::failed_at,
            refused_at(),
        ))
        .load(conn)
        .await?;
    let is_unknown = |one: &(String, String)| folders.iter().all(|folder| !folder.is(one));
    if read.iter().any(is_unknown) {
        return Ok(Some(at));
    }
    let is_read = |folder: &&Folder| {
        read.iter().any(|one| folder.is(one)) || folder.may_be_read_elsewhere(at)
    };
    let missing = folders.iter().filter(is_read);
    Ok(missing.filter_map(|folder| folder.missing_until(at)).max())
}

/// In a statement on `mailbox_folders`; the numbers of before mean other e-mails.
fn refused_at() -> Fixed<Nullable<Timestamptz>> {
    fixed(
        "(SELECT max(mailbox_refusals.since) FROM mailbox_refusals \
         WHERE mailbox_refusals.mailbox = mailbox_folders.mailbox \
         AND mailbox_refusals.folder = mailbox_folders.folder \
         AND mailbox_refusals.uid_validity = mailbox_folders.uid_validity)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_hides_what_came_since_it_was_read_and_what_is_not_given() {
        // 10:00 in Paris on 1 January 2026, and hours after it.
        let at = |hours: i64| DateTime::from_timestamp(1_767_258_000 + 3_600 * hours, 0).unwrap();
        for (reached, failed, refused, missing, elsewhere) in [
            (Some(0), None, None, None, true),
            (Some(0), None, Some(-50), Some(-50), true),
            (Some(-9), None, None, None, true),
            (Some(-11), None, None, Some(0), true),
            (Some(-1), Some(0), Some(-50), Some(0), true),
            (Some(-90), Some(-47), None, Some(0), true),
            (Some(-90), Some(-48), None, Some(0), false),
            (None, Some(-1), None, Some(0), true),
            (None, None, None, Some(0), false),
        ] {
            let folder = Folder {
                mailbox: "box@h.org".to_owned(),
                name: "INBOX".to_owned(),
                reached_at: reached.map(at),
                failed_at: failed.map(at),
                refused_at: refused.map(at),
            };
            let told = format!("{reached:?} {failed:?} {refused:?}");
            assert_eq!(folder.missing_until(at(0)), missing.map(at), "{told}");
            assert_eq!(folder.may_be_read_elsewhere(at(0)), elsewhere, "{told}");
        }
    }
}
