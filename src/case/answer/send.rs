//! The act of sending an answer: through the gate, into a letter, on its way.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, answered_person, count};
use crate::case::answer::awaiting::mark;
use crate::case::answer::{
    AnswerState, Circumstances, Cleared, Missing, Outcome, Position, Written, check, commitment,
    diverges, written,
};
use crate::case::dossier::{self, digest};
use crate::case::events;
use crate::case::files;
use crate::case::hand_over::ask_for_letter;
use crate::case::message::content;
use crate::case::notify::{NotifyError, mediator, to_person};
use crate::case::{Dossier, Office, PostalKind, Purpose, StaffId, Status, WayIn};
use crate::db::schema::answers;
use crate::db::{Conn, DbError};
use crate::firm;
use crate::journal::{self, Actor};
use crate::mail::words::{
    self, AnswerLetter, AnswerMail, CommitmentMade, Granted, Occasion, PositionTaken, WordsError,
};
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
        let letter = letter(&dossier, (&cleared, &joined), sending)?;
        let outbox = queue(conn, office, &dossier, &letter, at).await?;
        let held_until = at + office.cancel_window;
        if let Some(id) = outbox {
            outbox::hold(conn, id, held_until).await?;
        }
        let leaving = Leaving {
            answer: answer.row.id,
            letter: &letter,
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
        let letter = digest(secret, &letter);
        let outcome = cleared.outcome();
        let entry = events::answer_sent(answer.row.id, outcome, &letter, divergence.as_ref());
        let actor = Actor::Staff(sending.signatory.0);
        journal::append(conn, seen.case.0, entry, actor, at).await?;
        if outbox.is_some() {
            return Ok(Route::Email);
        }
        ask_for_letter(conn, seen.case, PostalKind::Answer, actor, at).await?;
        Ok(Route::Post)
    })
    .await
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

/// The letter, whose mediator's block is put in here and by nobody's hand.
fn letter(
    dossier: &Dossier,
    (cleared, files): (&Cleared, &[String]),
    sending: &Sending,
) -> Result<String, SendError> {
    let dated_on = calendar::paris_date(sending.at);
    let Some(legal) = dossier.legal_dates() else {
        return Err(ActError::NotNow(dossier.case.status).into());
    };
    let is_professional = dossier.filing.is_professional;
    let positions: Vec<PositionTaken<'_>> = (1..)
        .zip(cleared.points())
        .map(|(number, point)| PositionTaken {
            number,
            grievance: &point.grievance,
            position: position_words(point.position),
            grounds: &point.grounds,
        })
        .collect();
    let amount = cleared.amount().map(|amount| amount.to_string());
    let commitments: Vec<CommitmentMade<'_>> = cleared
        .commitments()
        .iter()
        .map(|one| CommitmentMade {
            text: &one.text,
            due_on: one.due_on,
        })
        .collect();
    let letter = AnswerLetter {
        reference: &dossier.case.reference().to_string(),
        complaint_of: legal.answer_due.explanation.starts_on(),
        dated_on,
        person_name: dossier.case.person_name.as_deref().unwrap_or_default(),
        postal_address: dossier.filing.postal_address.as_deref(),
        introduction: cleared.introduction(),
        positions: &positions,
        outcome: outcome_words(cleared.outcome()),
        granted: Granted {
            amount: amount.as_deref(),
            commitments: &commitments,
            files,
        },
        signatory: &sending.signatory_name,
        service: firm::COMPLAINTS_SERVICE,
        mediator: mediator(&legal, is_professional, Occasion::Answer, dated_on),
        identity: &[],
    };
    Ok(letter.text().map_err(NotifyError::from)?)
}

/// The position, for the words of the letter.
pub(crate) const fn position_words(position: Position) -> words::Position {
    match position {
        Position::Accepted => words::Position::Accepted,
        Position::PartlyAccepted => words::Position::PartlyAccepted,
        Position::Refused => words::Position::Refused,
    }
}

/// The outcome, for the words of the letter.
pub(crate) const fn outcome_words(outcome: Outcome) -> words::Outcome {
    match outcome {
        Outcome::Upheld => words::Outcome::Upheld,
        Outcome::PartlyUpheld => words::Outcome::PartlyUpheld,
        Outcome::Rejected => words::Outcome::Rejected,
        Outcome::NoAction => words::Outcome::NoAction,
    }
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
