//! The act of sending an answer: through the gate, into a letter, on its way.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::{self, LegalDates};
use crate::case::act::{ActError, Seen, answered_person, count};
use crate::case::answer::{
    AnswerDraft, AnswerRow, AnswerState, Circumstances, Cleared, Missing, Outcome, Position, check,
    draft,
};
use crate::case::dossier::{self, digest};
use crate::case::events;
use crate::case::hand_over::ask_for_letter;
use crate::case::message::content;
use crate::case::notify::{NotifyError, mediator, to_person};
use crate::case::{Dossier, Office, PostalKind, Purpose, StaffId, Status, WayIn};
use crate::db::schema::answers;
use crate::db::{Conn, DbError};
use crate::firm;
use crate::journal::{self, Actor};
use crate::mail::words::{self, AnswerLetter, AnswerMail, Occasion, PositionTaken};

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
        let letter = letter(&dossier, &cleared, sending)?;
        let outbox = queue(conn, office, &dossier, &letter, at).await?;
        mark_leaving(conn, &answer, &letter, outbox, sending).await?;
        answered_person(conn, seen.case).await?;
        draft::mark_awaiting(conn, seen.case, false).await?;
        let digest = digest(dossier.case.secret.as_deref(), &letter);
        let entry = events::answer_sent(answer.id, cleared.outcome(), &digest);
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
) -> Result<(AnswerRow, Cleared), SendError> {
    let Some(row) = draft::in_hand(conn, seen.case).await? else {
        return Err(SendError::Gate(vec![Missing::Outcome, Missing::Grievances]));
    };
    if row.state != AnswerState::Draft {
        return Err(ActError::AnswerLeaving.into());
    }
    let points = draft::points(conn, seen.case, row.id).await?;
    let draft = AnswerDraft {
        outcome: row.outcome,
        introduction: row.introduction.clone(),
        points,
    };
    let around = Circumstances {
        second_reader_required: office.second_reader_required(),
        author: row.author(),
        reader: row.reader(),
        n_eligible_readers: sending.n_eligible_readers,
    };
    let cleared = check(&draft, &around).map_err(SendError::Gate)?;
    Ok((row, cleared))
}

/// The letter, whose mediator's block is put in here and by nobody's hand.
fn letter(dossier: &Dossier, cleared: &Cleared, sending: &Sending) -> Result<String, SendError> {
    let dated_on = calendar::paris_date(sending.at);
    let legal: Option<LegalDates> = dossier.legal_dates();
    let Some(legal) = legal else {
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
    let letter = AnswerLetter {
        reference: &dossier.case.reference().to_string(),
        complaint_of: legal.answer_due.explanation.starts_on(),
        dated_on,
        person_name: dossier.case.person_name.as_deref().unwrap_or_default(),
        postal_address: dossier.filing.postal_address.as_deref(),
        introduction: cleared.introduction(),
        positions: &positions,
        outcome: outcome_words(cleared.outcome()),
        signatory: &sending.signatory_name,
        service: firm::COMPLAINTS_SERVICE,
        mediator: mediator(&legal, is_professional, Occasion::Answer, dated_on),
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
) -> Result<Option<i64>, SendError> {
    let filing = &dossier.filing;
    let (Some(email), Some(legal)) = (dossier.email_to_rely_on(), dossier.legal_dates()) else {
        return Ok(None);
    };
    let today = calendar::paris_date(at);
    let reference = dossier.case.reference().to_string();
    let way_in = WayIn::of(office, dossier, at);
    let words = AnswerMail {
        reference: &reference,
        content: content(dossier, letter),
        mediator: mediator(&legal, filing.is_professional, Occasion::Answer, today),
        follow: way_in.as_words(),
    };
    let words = words.compose().map_err(NotifyError::from)?;
    let queued = to_person(
        conn,
        office,
        dossier.case.id(),
        (Purpose::Answer, &email, words),
        at,
    );
    Ok(Some(queued.await?.0))
}

async fn mark_leaving(
    conn: &mut Conn,
    answer: &AnswerRow,
    letter: &str,
    outbox: Option<i64>,
    sending: &Sending,
) -> Result<(), DbError> {
    diesel::update(answers::table.find(answer.id))
        .set((
            answers::state.eq(AnswerState::Leaving),
            answers::signatory_id.eq(sending.signatory.0),
            answers::dated_on.eq(calendar::paris_date(sending.at)),
            answers::letter.eq(letter),
            answers::outbox_id.eq(outbox),
            answers::sent_at.eq(sending.at),
        ))
        .execute(conn)
        .await
        .map(drop)
}
