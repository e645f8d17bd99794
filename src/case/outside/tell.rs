//! Telling the person what an act does: a message of the thread, and the e-mail or letter that
//! carries it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar::{self, Promise, promise};
use crate::case::act::ActError;
use crate::case::dossier::digest;
use crate::case::exchange::MessageKind;
use crate::case::hand_over::ask_for_letter;
use crate::case::message::{content, mail};
use crate::case::notify::{mediator_of, to_person};
use crate::case::{CaseId, Dossier, Nature, Office, PostalKind, Purpose, StaffId};
use crate::db::schema::messages;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Entry, Hash};
use crate::mail::words::{Content, Occasion, Told};

/// How what we say reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By e-mail, in full.
    Email,
    /// By an e-mail that says that it waits behind the code.
    Notice,
    /// By a letter that someone posts.
    Post,
}

impl Way {
    /// To the person of this case.
    pub fn to(dossier: &Dossier) -> Self {
        match (dossier.email_to_rely_on(), content(dossier, "")) {
            (None, _) => Self::Post,
            (Some(_), Content::Full(_)) => Self::Email,
            (Some(_), Content::Notice(_)) => Self::Notice,
        }
    }
}

/// By when an answer is due, as it may be promised on `today`: the legal date, or the target after a
/// disagreement. None for a request, and for what was only said.
pub fn due(dossier: &Dossier, today: NaiveDate) -> Option<Promise> {
    let due_on = if dossier.is_reexamined() {
        dossier.case.target_on
    } else {
        dossier.dates.answer_due_on
    };
    let is_complaint = dossier.case.nature == Nature::Complaint;
    due_on
        .filter(|_| is_complaint)
        .map(|due_on| promise(due_on, today))
}

/// Something the person is told, before its act is written in the journal.
#[derive(Debug)]
pub(super) struct Spoken {
    /// The message of the thread.
    pub(super) message: i64,
    /// Digest of its text.
    pub(super) text: Hash,
    is_by_post: bool,
}

/// Keeps the message and queues its e-mail; without an address to rely on it is a letter, with the
/// mediator's block in it.
pub(super) async fn tell(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    (kind, told): (MessageKind, Told<'_>),
    (author, at): (StaffId, DateTime<Utc>),
) -> Result<Spoken, ActError> {
    let case = dossier.case.id();
    let mediator = mediator_of(dossier, Occasion::Procedure, calendar::paris_date(at));
    let email = dossier.email_to_rely_on();
    let text = match email {
        Some(_) => told.text()?,
        None => told.letter(mediator)?,
    };
    let outbox = match &email {
        None => None,
        Some(email) => {
            let said = (Some(told.subject()), (text.as_str(), &[][..]));
            let words = mail(office, dossier, said, at)?;
            let new = (Purpose::Message, email, words);
            Some(to_person(conn, office, case, new, at).await?)
        }
    };
    let message: i64 = diesel::insert_into(messages::table)
        .values((
            messages::case_id.eq(case.0),
            messages::kind.eq(kind),
            messages::author_id.eq(author.0),
            messages::body.eq(&text),
            messages::outbox_id.eq(outbox.map(|id| id.0)),
            messages::written_at.eq(at),
        ))
        .returning(messages::id)
        .get_result(conn)
        .await?;
    Ok(Spoken {
        message,
        text: digest(dossier.case.secret.as_deref(), &text),
        is_by_post: outbox.is_none(),
    })
}

impl Spoken {
    /// Writes the act's line in the journal, then asks for the letter if there is one.
    pub(super) async fn record(
        self,
        conn: &mut Conn,
        case: CaseId,
        entry: Entry,
        (by, at): (StaffId, DateTime<Utc>),
    ) -> Result<(), DbError> {
        let actor = Actor::Staff(by.0);
        journal::append(conn, case.0, entry, actor, at).await?;
        if self.is_by_post {
            ask_for_letter(conn, case, PostalKind::Message, actor, at).await?;
        }
        Ok(())
    }
}
