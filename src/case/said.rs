//! What the person says on their page, kept once however often it is sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::case::CaseId;
use crate::case::exchange::MessageKind;
use crate::case::files::{self, FileAuthor};
use crate::case::filing::Text;
use crate::case::outside;
use crate::db::schema::{cases, messages};
use crate::db::{Conn, DbError};

/// What a person writes to us, 1 to 5,000 characters.
pub type PersonText = Text<1, 5_000>;

/// The id of a form as it was shown: the same form sent again with the same words says one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submission(Uuid);

impl Submission {
    /// For a form shown for the first time.
    pub fn new() -> Self {
        Self(Uuid::new_v4())
    }

    /// As a form sends it back; anything else is a form of its own.
    pub fn parse(text: &str) -> Self {
        Uuid::try_parse(text).map_or_else(|_| Self::new(), Self)
    }

    /// As the form carries it.
    pub fn code(self) -> String {
        self.0.to_string()
    }

    /// The key of these words in this form. The page shown again by the browser's own button bears
    /// the same id: other words from it are another message, and must not be lost.
    fn key(self, said: &str) -> Uuid {
        let digest = Sha256::new()
            .chain_update(self.0.as_bytes())
            .chain_update(said.as_bytes())
            .finalize();
        let (key, _) = digest.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
        Uuid::from_bytes(*key)
    }
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

/// What became of something the person sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is kept.
    Now,
    /// It was kept already: sent again, it changed nothing but for the files that waited, which
    /// joined it.
    Before,
    /// There was nothing to keep: no word, and no file that waits.
    Nothing,
}

/// A message that was kept, now or before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its row.
    pub(super) message: i64,
    /// Whether it is new.
    pub(super) is_new: bool,
}

/// Keeps what the person says, unless it was said before. Two sendings at once wait for each other.
pub(super) async fn keep(
    conn: &mut Conn,
    case: CaseId,
    kind: MessageKind,
    (submission, text): (Submission, &str),
    at: DateTime<Utc>,
) -> Result<Kept, DbError> {
    let key = submission.key(text);
    let new: Option<i64> = diesel::insert_into(messages::table)
        .values((
            messages::case_id.eq(case.0),
            messages::kind.eq(kind),
            messages::body.eq(text),
            messages::submission_key.eq(key),
            messages::written_at.eq(at),
        ))
        .on_conflict((messages::case_id, messages::submission_key))
        .do_nothing()
        .returning(messages::id)
        .get_result(conn)
        .await
        .optional()?;
    let is_new = new.is_some();
    let message = match new {
        Some(message) => message,
        None => {
            messages::table
                .filter(messages::case_id.eq(case.0))
                .filter(messages::submission_key.eq(key))
                .select(messages::id)
                .first(conn)
                .await?
        }
    };
    Ok(Kept { message, is_new })
}

/// Notes that the person wrote, so that staff see it before they act, and that we wait for nothing
/// more; returns the case's secret.
pub(super) async fn heard(
    conn: &mut Conn,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<Option<Vec<u8>>, DbError> {
    let secret = diesel::update(cases::table.find(case.0))
        .set((
            cases::version.eq(cases::version + 1),
            cases::last_event_at.eq(at),
            cases::person_wrote_at.eq(at),
        ))
        .returning(cases::secret)
        .get_result(conn)
        .await?;
    outside::heard(conn, case, at).await?;
    Ok(secret)
}

/// The same words were sent again: files that were added since join what they went with.
pub(super) async fn said_again(
    conn: &mut Conn,
    case: CaseId,
    message: i64,
    at: DateTime<Utc>,
) -> Result<Said, DbError> {
    if files::send_pending(conn, (case, FileAuthor::Person), message, at).await? > 0 {
        heard(conn, case, at).await?;
    }
    Ok(Said::Before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_one_thing_once_and_another_thing_apart() {
        let form = Submission::parse("0191f0a0-0000-7000-8000-000000000001");
        assert_eq!(Submission::parse(&form.code()), form);
        assert_eq!(form.key("Bonjour"), form.key("Bonjour"));
        assert_ne!(form.key("Bonjour"), form.key("Bonsoir"));
        assert_ne!(form.key("Bonjour"), Submission::new().key("Bonjour"));
        assert_ne!(Submission::parse("'; DROP"), Submission::parse("'; DROP"));
    }
}
