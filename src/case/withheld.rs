//! E-mails that wait with the content of a case that turns out to hold sensitive data: they leave as a
//! notice with a link.

use chrono::{DateTime, Utc};

use crate::case::act::ActError;
use crate::case::confirm_address::copy_by_post;
use crate::case::requalification::notice;
use crate::case::{Dossier, Office, Purpose, answer, message};
use crate::db::Conn;
use crate::mail::outbox;

/// Takes the content out of every e-mail of the case that has not left; the dated copy becomes a letter.
pub(super) async fn withhold(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    let case = dossier.case.id();
    let has_answer = answer::is_leaving(conn, case).await?;
    for email in outbox::waiting(conn, case.0).await? {
        let words = match Purpose::from_code(&email.purpose) {
            Some(Purpose::Answer) if has_answer => answer::mail(office, dossier, "", at)?,
            Some(Purpose::Requalification) => notice::mail(office, dossier, at)?,
            Some(Purpose::Answer | Purpose::Message) => None,
            Some(Purpose::Copy) => {
                copy_by_post(conn, dossier, at).await?;
                if outbox::take_back(conn, email.id).await? {
                    continue;
                }
                None
            }
            Some(
                Purpose::Acknowledgement
                | Purpose::Receipt
                | Purpose::Notice
                | Purpose::LostCode
                | Purpose::Withdrawal
                | Purpose::AddressToConfirm
                | Purpose::AddressChanged,
            )
            | None => continue,
        };
        let words = match words {
            Some(words) => words,
            None => message::mail(office, dossier, (None, ("", &[])), at)?,
        };
        outbox::rewrite(conn, email.id, words).await?;
    }
    Ok(())
}
