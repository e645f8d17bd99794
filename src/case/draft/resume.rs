//! The link that takes a draft up on another browser, sent on request.

use chrono::{DateTime, Utc};

use crate::calendar;
use crate::case::Office;
use crate::case::draft::{Draft, resume_link};
use crate::case::notify::NotifyError;
use crate::db::Conn;
use crate::keys::Key;
use crate::mail::EmailAddress;
use crate::mail::outbox::{self, NewEmail};
use crate::mail::words::Resume;

/// Path of the page that takes a draft up; the token follows.
pub const RESUME_PATH: &str = "/deposer/reprise/";

/// What the outbox calls it: no case is behind it, and nothing follows its hand-over.
const PURPOSE: &str = "resume";

/// Queues the link to `draft` for `email`. Nothing of what the person typed is in it: the address
/// is not confirmed.
///
/// # Errors
/// When the database fails, or the words cannot be written.
pub async fn send_link(
    conn: &mut Conn,
    (office, key): (&Office, &Key),
    draft: &Draft,
    email: &EmailAddress,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let token = resume_link(key, draft.id);
    let url = format!("{}{RESUME_PATH}{token}", office.links.public_url());
    let words = Resume {
        url: &url,
        kept_until: calendar::paris_date(draft.expires_at),
    };
    let mail = NewEmail {
        purpose: PURPOSE,
        about: None,
        recipient: email,
        words: words.compose()?,
        daily_cap: office.daily_cap,
    };
    let _queued = outbox::queue(conn, mail, at).await?;
    Ok(())
}
