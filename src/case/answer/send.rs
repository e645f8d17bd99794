//! The act of sending an answer: through the gate, into a letter, on its way.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, answered_person, count};
use crate::case::answer::awaiting::mark;
use crate::case::answer::letter::letter;
use crate::case::answer::{
    AnswerState, Circumstances, Cleared, Missing, Written, check, commitment, diverges, written,
};
use crate::case::dossier::{self, digest};
use crate::case::events;
use crate::case::files::{self, KeptLetter, LeavesAs, NewLetter};
use crate::case::hand_over::{ask_for_letter, drop_letters};
use crate::case::message::content;
use crate::case::notify::{NotifyError, mediator, to_person};
use crate::case::{Dossier, Office, PostalKind, Purpose, StaffId, Status, WayIn};
use crate::db::schema::answers;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::letters::Letter;
use crate::mail::words::{AnswerMail, Content, Occasion, WordsError};
use crate::mail::{Composed, OutboxId, outbox};

/// Who sends, and who could have read.
#[derive(Clone, Debug)]
pub struct Sending {
    /// The member of staff who sends it, and signs.
    pub signatory: StaffId,
    /// Their name on the letter.
    pub signatory_name: String,
    /// How many others could read a refusal.
    pub n_eligible_readers: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// How the answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By e-mail: it counts as sent when the relay takes it.
    Email,
    /// By post: it counts as sent on the day it is posted.
    Post,
}

/// Why an answer did not leave.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The gate is shut: all that is missing.
    #[error("the answer is not complete")]
    Gate(Vec<Missing>),
    /// The act was refused.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<DbError> for SendError {
    fn from(error: DbError) -> Self {
        Self::Act(error.into())
    }
}

impl From<NotifyError> for SendError {
    fn from(error: NotifyError) -> Self {
        Self::Act(error.into())
    }
}

/// Sends the answer in hand. The letter is made here, from what the gate let through, with its
/// date, its signatory and the mediator's block; its text is kept as it left.
///
/// # Errors
/// What the gate finds missing; or the case has changed since it was shown, is not a complaint in
/// hand, or the database fails.
pub async fn send(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    sending: &Sending,
) -> Result<Route, SendError> {
    const FROM: [Status; 2] = [Status::Received, Status::Acknowledged];
    let at = sending.at;
    conn.transaction(async |conn| {
        count(conn, seen, &FROM, at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let (answer, cleared) = clear(conn, office, seen, sending).await?;
        commitment::drop_blank(conn, answer.row.id).await?;
        let sender = (seen.case, sending.signatory);
        let joined = files::join_to_answer(conn, sender, answer.row.id).await?;
        let written = letter(office, &dossier, (&cleared, &joined), sending)?;
        let outbox = queue(conn, office, &dossier, &written.text, at).await?;
        let held_until = at + office.cancel_window;
        if let Some(id) = outbox {
            outbox::hold(conn, id, held_until).await?;
        }
        let leaving = Leaving {
            answer: answer.row.id,
            letter: &written.text,
            outbox,
            held_until,
            person_wrote_at: dossier.case.person_wrote_at,
        };
        mark_leaving(conn, &leaving, sending).await?;
        answered_person(conn, seen.case).await?;
        mark(conn, seen.case, false).await?;
        let secret = dossier.case.secret.as_deref();
        let differs = diverges(cleared.outcome(), answer.row.common_outcome);
        let divergence = differs.then(|| digest(secret, &answer.divergence));
        let kept = print(conn, &dossier, (answer.row.id, written.letter), sending).await?;
        if let (Some(id), Content::Full(_)) = (outbox, content(&dossier, &written.text)) {
            outbox::enclose(conn, id, kept.file.0).await?;
        }
        let digests = events::AnswerDigests {
            letter: digest(secret, &written.text),
            pdf: Some(kept.digest),
            divergence,
        };
        let entry = events::answer_sent(answer.row.id, cleared.outcome(), &digests);
        let actor = Actor::Staff(sending.signatory.0);
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        // The letter of an answer before it, if one waits, has lost its use.
        drop_letters(conn, seen.case, &[PostalKind::Answer], (actor, at)).await?;
        if outbox.is_some() {
            return Ok(Route::Email);
        }
        ask_for_letter(conn, seen.case, PostalKind::Answer, actor, at).await?;
        Ok(Route::Post)
    })
    .await
}

/// Sets the letter and keeps it with the case, for who reads it and for who posts it.
async fn print(
    conn: &mut Conn,
    dossier: &Dossier,
    (answer, letter): (i64, Letter),
    sending: &Sending,
) -> Result<KeptLetter, ActError> {
    let name = letter.file_name();
    let set = letter.typeset().await?;
    let new = NewLetter {
        leaves_as: LeavesAs::Answer(answer),
        name: &name,
        set: &set,
    };
    let of_case = (dossier.case.id(), dossier.case.secret.as_deref());
    let by = (Some(sending.signatory), sending.at);
    Ok(files::keep_letter(conn, of_case, new, by).await?)
}

async fn clear(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    sending: &Sending,
) -> Result<(Written, Cleared), SendError> {
    let answers = written(conn, seen.case).await?;
    let in_hand = answers
        .into_iter()
        .find(|written| written.row.state != AnswerState::HandedOver);
    let Some(in_hand) = in_hand else {
        return Err(SendError::Gate(vec![Missing::Outcome, Missing::Grievances]));
    };
    let row = &in_hand.row;
    if row.state != AnswerState::Draft {
        return Err(ActError::AnswerLeaving.into());
    }
    let around = Circumstances {
        second_reader_required: office.second_reader_required(),
        author: row.author(),
        reader: row.reader(),
        sender: Some(sending.signatory),
        n_eligible_readers: sending.n_eligible_readers,
        today: calendar::paris_date(sending.at),
        common_outcome: row.common_outcome,
    };
    let cleared = check(&in_hand.draft(), &around).map_err(SendError::Gate)?;
    Ok((in_hand, cleared))
}

/// Queues the letter itself for a confirmed address, a notice for one that is not; an address that
/// is not confirmed, or whose bearer prefers the post, gives way to the postal address there is.
async fn queue(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    letter: &str,
    at: DateTime<Utc>,
) -> Result<Option<OutboxId>, SendError> {
    let (Some(email), Some(words)) = (
        dossier.email_to_rely_on(),
        mail(office, dossier, letter, at).map_err(NotifyError::from)?,
    ) else {
        return Ok(None);
    };
    let new = (Purpose::Answer, &email, words);
    Ok(Some(
        to_person(conn, office, dossier.case.id(), new, at).await?,
    ))
}

/// The e-mail that carries the letter, or tells of it; none without legal dates.
pub(in crate::case) fn mail(
    office: &Office,
    dossier: &Dossier,
    letter: &str,
    at: DateTime<Utc>,
) -> Result<Option<Composed>, WordsError> {
    let Some(legal) = dossier.legal_dates() else {
        return Ok(None);
    };
    let (today, is_professional) = (calendar::paris_date(at), dossier.filing.is_professional);
    let way_in = WayIn::of(office, dossier, at);
    let words = AnswerMail {
        reference: &dossier.case.reference().to_string(),
        content: content(dossier, letter),
        mediator: mediator(&legal, is_professional, Occasion::Answer, today),
        follow: way_in.as_words(),
    };
    words.compose().map(Some)
}

/// An answer on its way.
struct Leaving<'a> {
    answer: i64,
    letter: &'a str,
    outbox: Option<OutboxId>,
    held_until: DateTime<Utc>,
    person_wrote_at: Option<DateTime<Utc>>,
}

async fn mark_leaving(
    conn: &mut Conn,
    leaving: &Leaving<'_>,
    sending: &Sending,
) -> Result<(), DbError> {
    let is_held = sending.at < leaving.held_until;
    diesel::update(answers::table.find(leaving.answer))
        .set((
            answers::state.eq(AnswerState::Leaving),
            answers::signatory_id.eq(sending.signatory.0),
            answers::dated_on.eq(calendar::paris_date(sending.at)),
            answers::letter.eq(leaving.letter),
            answers::outbox_id.eq(leaving.outbox.map(|id| id.0)),
            answers::held_until.eq(is_held.then_some(leaving.held_until)),
            answers::person_wrote_at.eq(leaving.person_wrote_at),
            answers::sent_at.eq(sending.at),
        ))
        .execute(conn)
        .await
        .map(drop)
}
