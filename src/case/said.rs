//! What the person says on their page, kept once however often it is sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::case::CaseId;
use crate::case::exchange::MessageKind;
use crate::case::filing::Text;
use crate::db::schema::messages;
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
    /// It was kept already: sent again, it changed nothing.
    Before,
}

/// Keeps what the person says and returns its id; none when this was said before. Two sendings at
/// once wait for each other.
pub(super) async fn keep(
    conn: &mut Conn,
    case: CaseId,
    kind: MessageKind,
    (submission, text): (Submission, &str),
    at: DateTime<Utc>,
) -> Result<Option<i64>, DbError> {
    diesel::insert_into(messages::table)
        .values((
            messages::case_id.eq(case.0),
            messages::kind.eq(kind),
            messages::body.eq(text),
            messages::submission_key.eq(submission.key(text)),
            messages::written_at.eq(at),
        ))
        .on_conflict((messages::case_id, messages::submission_key))
        .do_nothing()
        .returning(messages::id)
        .get_result(conn)
        .await
        .optional()
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
