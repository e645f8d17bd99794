//! The act of withdrawing: the person ends their case. What they wrote stays, and so do their
//! rights; only what we still had to do falls away.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::ActError;
use crate::case::dossier;
use crate::case::exchange::MessageKind;
use crate::case::filing::Text;
use crate::case::hand_over::drop_letters;
use crate::case::notify::{NotifyError, mediator_of, to_person};
use crate::case::outside::lapse;
use crate::case::said::{Said, Submission, keep};
use crate::case::{CaseId, Dossier, Nature, Office, PostalKind, Purpose, Status, WayIn, events};
use crate::db::schema::{cases, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::mail::words::{Occasion, Withdrawal};
use crate::mail::{EmailAddress, outbox};

/// Why the person withdraws, if they care to say: at most 2,000 characters.
pub type Reason = Text<1, 2_000>;

/// The letters that a withdrawal makes needless. The answer is not one of them: it may be in the
/// post already, with nobody at the desk to note it.
pub(super) const FALL_AWAY: [PostalKind; 5] = [
    PostalKind::Acknowledgement,
    PostalKind::Copy,
    PostalKind::Message,
    PostalKind::Requalification,
    PostalKind::Conversion,
];

/// Whether an answer that was sent may still reach the person after a withdrawal: it leaves by
/// e-mail, or its letter is not noted as posted.
///
/// # Errors
/// When the database fails.
pub async fn answer_may_arrive(conn: &mut Conn, case: CaseId) -> Result<bool, DbError> {
    let letter = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq(PostalKind::Answer))
        .filter(postal_tasks::done_on.is_null())
        .filter(postal_tasks::dropped_at.is_null());
    let is_to_post: bool = diesel::select(diesel::dsl::exists(letter))
        .get_result(conn)
        .await?;
    Ok(is_to_post || outbox::waits(conn, Purpose::Answer.code(), case.0).await?)
}

/// Ends a case that has not ended, at the wish of its person, and tells them so by e-mail. Letters
/// that waited to be posted are no longer needed, but an answer that was leaving still leaves.
///
/// # Errors
/// [`ActError::NotNow`] when the case is closed; or the e-mail cannot be written, or the database
/// fails.
pub async fn withdraw(
    conn: &mut Conn,
    office: &Office,
    case: CaseId,
    reason: Option<&Reason>,
    at: DateTime<Utc>,
) -> Result<Said, ActError> {
    let reason = reason.map_or("", Text::as_str);
    conn.transaction(async |conn| {
        if !end(conn, case, at).await? {
            return match dossier::by_id(conn, case).await?.case.status {
                Status::Withdrawn => Ok(Said::Before),
                status @ (Status::Received
                | Status::Acknowledged
                | Status::Answered
                | Status::Closed) => Err(ActError::NotNow(status)),
            };
        }
        let said = (Submission::new(), reason);
        keep(conn, case, MessageKind::Withdrawal, said, at).await?;
        journal::append(conn, case.0, events::withdrawn(), Actor::Person, at).await?;
        drop_letters(conn, case, &FALL_AWAY, (Actor::Person, at)).await?;
        lapse(conn, case, at).await?;
        let dossier = dossier::by_id(conn, case).await?;
        tell(conn, office, &dossier, at).await?;
        Ok(Said::Now)
    })
    .await
}

async fn end(conn: &mut Conn, case: CaseId, at: DateTime<Utc>) -> Result<bool, DbError> {
    let open = cases::table
        .find(case.0)
        .filter(cases::status.eq_any(Status::leading_to(Status::Withdrawn)));
    let n_ended = diesel::update(open)
        .set((
            cases::status.eq(Status::Withdrawn),
            cases::closed_on.eq(calendar::paris_date(at)),
            cases::version.eq(cases::version + 1),
            cases::last_event_at.eq(at),
            cases::person_wrote_at.eq(at),
        ))
        .execute(conn)
        .await?;
    Ok(n_ended == 1)
}

/// Queues the e-mail that confirms the withdrawal; nothing of what the person wrote is in it.
async fn tell(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let email = dossier.filing.email.as_deref();
    let Some(email) = email.and_then(|email| EmailAddress::parse(email).ok()) else {
        return Ok(());
    };
    let today = calendar::paris_date(at);
    let way_in = WayIn::of(office, dossier, at);
    let words = Withdrawal {
        reference: &dossier.case.reference().to_string(),
        withdrawn_on: today,
        is_complaint: dossier.case.nature == Nature::Complaint,
        is_answered: dossier.case.answered_on.is_some(),
        answer_may_arrive: answer_may_arrive(conn, dossier.case.id()).await?,
        mediator: mediator_of(dossier, Occasion::Procedure, today),
        follow: way_in.as_words(),
    };
    let words = words.compose()?;
    let new = (Purpose::Withdrawal, &email, words);
    to_person(conn, office, dossier.case.id(), new, at).await?;
    Ok(())
}
