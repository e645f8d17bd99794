//! The one-time link, e-mailed to its owner when there is a relay.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::staff_accounts;
use crate::db::{Conn, DbError};
use crate::keys::Key;
use crate::mail::EmailAddress;
use crate::mail::outbox::{self, NewEmail, SECRET_MARK};
use crate::mail::words::{AccountLink, WordsError};
use crate::staff::OneTimeLink;

/// Purpose of these e-mails in the outbox: no case follows them.
const PURPOSE: &str = "account_link";

/// The link could not be e-mailed.
#[derive(Debug, thiserror::Error)]
pub enum EmailLinkError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The words could not be written.
    #[error(transparent)]
    Words(#[from] WordsError),
}

/// Queues the link for its owner; false when the account's label is no address. Its token waits
/// encrypted, and `prefix` is what stands before it. Older links that still wait to leave no longer
/// work, and say so when followed.
///
/// # Errors
/// When the words or the database fail.
pub async fn email_link(
    conn: &mut Conn,
    link: &OneTimeLink,
    (prefix, key): (&str, &Key),
    at: DateTime<Utc>,
) -> Result<bool, EmailLinkError> {
    let (label, name): (Option<String>, String) = staff_accounts::table
        .find(link.account.0)
        .select((staff_accounts::email, staff_accounts::display_name))
        .first(conn)
        .await?;
    let Some(recipient) = label.and_then(|label| EmailAddress::parse(&label).ok()) else {
        return Ok(false);
    };
    let words = AccountLink {
        name: &name,
        url: &format!("{prefix}{SECRET_MARK}"),
        valid_until: link.expires_at.with_timezone(&Paris).naive_local(),
    };
    let email = NewEmail {
        purpose: PURPOSE,
        about: None,
        recipient: &recipient,
        words: words.compose()?,
        daily_cap: None,
    };
    conn.transaction(async |conn| {
        let queued = outbox::queue(conn, email, at).await?;
        outbox::seal(conn, queued.id, link.token.expose(), key).await?;
        Ok(true)
    })
    .await
}
