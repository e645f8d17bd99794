//! The act of writing to the person.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, answered_person, count};
use crate::case::dossier::{self, digest};
use crate::case::events;
use crate::case::exchange::MessageKind;
use crate::case::files::{self, FileAuthor};
use crate::case::filing::Text;
use crate::case::hand_over::ask_for_letter;
use crate::case::notify::{NotifyError, mediator_of, to_person};
use crate::case::{Dossier, Nature, Office, PostalKind, Purpose, StaffId, Status, WayIn};
use crate::db::Conn;
use crate::db::schema::messages;
use crate::journal::{self, Actor};
use crate::mail::words::{Content, Kept, Message, Occasion, WordsError};
use crate::mail::{Composed, EmailAddress, OutboxId};

/// A message, 1 to 10,000 characters.
pub type MessageText = Text<1, 10_000>;

/// What a message is to its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageRole {
    /// A message along the way.
    Exchange,
    /// The answer to an information request, which is answered once it has left. A complaint is
    /// answered by a reasoned answer, through the gate.
    RequestAnswer,
}

impl MessageRole {
    const fn purpose(self) -> (Purpose, PostalKind) {
        match self {
            Self::Exchange => (Purpose::Message, PostalKind::Message),
            Self::RequestAnswer => (Purpose::Answer, PostalKind::Answer),
        }
    }

    /// Whether the case may receive it.
    fn suits(self, dossier: &Dossier) -> bool {
        match self {
            Self::Exchange => true,
            Self::RequestAnswer => {
                dossier.case.nature == Nature::InformationRequest && dossier.case.status.is_open()
            }
        }
    }
}

/// Sends a message to the person: its text to a confirmed address, a notice to one that is not,
/// a letter to post without an e-mail address or to who prefers one. The person reads it on the case
/// page in any case.
///
/// # Errors
/// When the case has changed since it was shown or is not to be answered so, or the message cannot
/// be queued.
pub async fn message(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    (role, text): (MessageRole, &MessageText),
    (author, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        if !role.suits(&dossier) {
            return Err(ActError::NotNow(dossier.case.status));
        }
        answered_person(conn, seen.case).await?;
        let (purpose, letter) = role.purpose();
        let files = files::waiting_names(conn, seen.case, FileAuthor::Staff(author)).await?;
        let said = (text.as_str(), files.as_slice());
        let outbox = queue(conn, office, &dossier, (purpose, said), at).await?;
        let id: i64 = diesel::insert_into(messages::table)
            .values((
                messages::case_id.eq(seen.case.0),
                messages::kind.eq(MessageKind::ToPerson),
                messages::author_id.eq(author.0),
                messages::body.eq(text.as_str()),
                messages::outbox_id.eq(outbox.map(|id| id.0)),
                messages::written_at.eq(at),
            ))
            .returning(messages::id)
            .get_result(conn)
            .await?;
        files::send_pending(conn, (seen.case, FileAuthor::Staff(author)), id, at).await?;
        let text = digest(dossier.case.secret.as_deref(), text.as_str());
        let entry = events::message_written(id, purpose, &text);
        journal::append(conn, seen.case.0, entry, Actor::Staff(author.0), at).await?;
        if outbox.is_none() {
            let actor = Actor::Staff(author.0);
            ask_for_letter(conn, seen.case, letter, actor, at).await?;
        }
        Ok(())
    })
    .await
}

async fn queue(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    (purpose, (text, files)): (Purpose, (&str, &[String])),
    at: DateTime<Utc>,
) -> Result<Option<OutboxId>, NotifyError> {
    let email = dossier
        .filing
        .email
        .as_deref()
        .and_then(|email| EmailAddress::parse(email).ok())
        .filter(|_| !dossier.prefers_post());
    let Some(email) = email else { return Ok(None) };
    let words = mail(office, dossier, (None, (text, files)), at)?;
    let queued = to_person(
        conn,
        office,
        dossier.case.id(),
        (purpose, &email, words),
        at,
    );
    Ok(Some(queued.await?))
}

/// The e-mail that carries a text, or tells that it waits.
pub(super) fn mail(
    office: &Office,
    dossier: &Dossier,
    (subject, (text, files)): (Option<&'static str>, (&str, &[String])),
    at: DateTime<Utc>,
) -> Result<Composed, WordsError> {
    Message {
        reference: &dossier.case.reference().to_string(),
        subject,
        content: content(dossier, text),
        files,
        mediator: mediator_of(dossier, Occasion::Procedure, calendar::paris_date(at)),
        follow: WayIn::of(office, dossier, at).as_words(),
    }
    .compose()
}

/// The text for an address that is proved to be the person's, unless it may hold sensitive data; else a
/// notice that it waits.
pub(super) const fn content<'a>(dossier: &Dossier, text: &'a str) -> Content<'a> {
    if dossier.case.is_sensitive {
        Content::Notice(Kept::Sensitive)
    } else if dossier.email_is_confirmed() {
        Content::Full(text)
    } else {
        Content::Notice(Kept::Unconfirmed)
    }
}
