//! The e-mails of a case: which words, for whom, queued in the transaction of the act.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar::{self, LegalDates, promise};
use crate::case::events;
use crate::case::hand_over::ask_for_letter;
use crate::case::links::Link;
use crate::case::new_case::NewCase;
use crate::case::{CaseId, Dossier, Office, PostalKind, Purpose, Reference, WayIn};
use crate::db::schema::legal_dates;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::mail::outbox::{self, NewEmail};
use crate::mail::words::{
    Acknowledgement, MediationRight, MediatorBlock, Occasion, Opening, RequestNotice,
    RequestReceipt, WordsError,
};
use crate::mail::{Composed, EmailAddress, OutboxId};

/// An act that writes to someone failed: nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
    /// The words could not be written.
    #[error(transparent)]
    Words(#[from] WordsError),
}

/// Queues what answers a filing at once: the acknowledgement of a complaint, the receipt of a
/// request. Nothing of what the person wrote is in it: the address is not confirmed yet.
pub(super) async fn of_filing(
    conn: &mut Conn,
    office: &Office,
    (case, reference): (CaseId, Reference),
    new: &NewCase<'_>,
    email: &EmailAddress,
) -> Result<(), NotifyError> {
    let confirm = office.links.confirm_address(case, email.as_str(), new.at);
    let (reference, follow) = (reference.to_string(), WayIn::first(office, new.channel));
    let today = calendar::paris_date(new.at);
    let (purpose, words) = if let Some(dates) = &new.legal {
        let is_professional = new.filing.situation.is_professional;
        let words = Acknowledgement {
            reference: &reference,
            received_on: new.received_on(),
            sent_on: dates.answer_due.explanation.starts_on(),
            answer: promise(dates.answer_due.date, today),
            answer_why: &dates.answer_due.explanation.sentences(),
            mediation_why: &dates.mediation_from.explanation.sentences(),
            mediator: mediator(dates, is_professional, Occasion::Procedure, today),
            confirm: Some(confirm.as_words()),
            converted_on: None,
            follow: follow.as_words(),
        };
        (Purpose::Acknowledgement, words.compose()?)
    } else {
        let target_on = new.target_on.unwrap_or(new.received_on());
        let words = RequestReceipt {
            reference: &reference,
            received_on: new.received_on(),
            answer: promise(target_on, today),
            confirm: confirm.as_words(),
            follow: follow.as_words(),
        };
        (Purpose::Receipt, words.compose()?)
    };
    to_person(conn, office, case, (purpose, email, words), new.at).await?;
    Ok(())
}

/// Queues the acknowledgement of a complaint that was a request until now; false without an e-mail
/// address. It also tells the person whose request staff made a complaint of.
pub(super) async fn of_conversion(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    dates: &LegalDates,
    at: DateTime<Utc>,
) -> Result<bool, NotifyError> {
    let converted_on = Some(calendar::paris_date(at));
    acknowledge(conn, office, (dossier, converted_on), dates, at).await
}

/// Queues the acknowledgement of a complaint that is known already, and tells since when it counts
/// as one if it was a request before; false without an e-mail address.
pub(super) async fn acknowledge(
    conn: &mut Conn,
    office: &Office,
    (dossier, converted_on): (&Dossier, Option<NaiveDate>),
    dates: &LegalDates,
    at: DateTime<Utc>,
) -> Result<bool, NotifyError> {
    let email = dossier
        .filing
        .email
        .as_deref()
        .and_then(|email| EmailAddress::parse(email).ok());
    let Some(email) = email else { return Ok(false) };
    let (case, today) = (dossier.case.id(), calendar::paris_date(at));
    let confirm = (!dossier.email_is_confirmed())
        .then(|| office.links.confirm_address(case, email.as_str(), at));
    let way_in = WayIn::of(office, dossier, at);
    let is_professional = dossier.filing.is_professional;
    let words = Acknowledgement {
        reference: &dossier.case.reference().to_string(),
        received_on: dossier.dates.received_on,
        sent_on: dates.answer_due.explanation.starts_on(),
        converted_on,
        answer: promise(dates.answer_due.date, today),
        answer_why: &dates.answer_due.explanation.sentences(),
        mediation_why: &dates.mediation_from.explanation.sentences(),
        mediator: mediator(dates, is_professional, Occasion::Procedure, today),
        confirm: confirm.as_ref().map(Link::as_words),
        follow: way_in.as_words(),
    };
    let words = words.compose()?;
    let purpose = Purpose::Acknowledgement;
    to_person(conn, office, case, (purpose, &email, words), at).await?;
    Ok(true)
}

/// Queues the notice of a new request to the *Service client*, without its content.
pub(super) async fn customer_service(
    conn: &mut Conn,
    office: &Office,
    (case, reference): (CaseId, Reference),
    new: &NewCase<'_>,
) -> Result<(), NotifyError> {
    let reference = reference.to_string();
    let Some(told) = office.customer_service() else {
        return Ok(());
    };
    let words = RequestNotice {
        reference: &reference,
        received_on: new.received_on(),
        answer_by: new.target_on.unwrap_or(new.received_on()),
        staff_url: &office.links.staff_case(&reference),
    };
    let notice = NewEmail {
        purpose: Purpose::Notice.code(),
        about: Some(case.0),
        recipient: told.as_email(),
        words: words.compose()?,
        daily_cap: None,
    };
    let _queued = outbox::queue(conn, notice, new.at).await?;
    Ok(())
}

/// Whether a stranger can make us send it: staff write the others, and no cap delays them. A lost
/// code has a cap of its own: its link would be over before a delayed e-mail left.
const fn can_be_forged(purpose: Purpose) -> bool {
    !matches!(
        purpose,
        Purpose::Answer | Purpose::Message | Purpose::LostCode | Purpose::Requalification
    )
}

/// Queues an e-mail to the person. Beyond the daily cap it leaves later and the journal says so.
pub(super) async fn to_person(
    conn: &mut Conn,
    office: &Office,
    case: CaseId,
    (purpose, email, words): (Purpose, &EmailAddress, Composed),
    at: DateTime<Utc>,
) -> Result<OutboxId, DbError> {
    let new = NewEmail {
        purpose: purpose.code(),
        about: Some(case.0),
        recipient: email,
        words,
        daily_cap: office.daily_cap.filter(|_| can_be_forged(purpose)),
    };
    let queued = outbox::queue(conn, new, at).await?;
    if let Some(until) = queued.delayed_until {
        let entry = events::mail_delayed(purpose, queued.id.0, calendar::paris_date(until));
        journal::append(conn, case.0, entry, Actor::System, at).await?;
        if purpose == Purpose::Acknowledgement {
            post_instead(conn, case, until, at).await?;
        }
    }
    Ok(queued.id)
}

/// An acknowledgement put off past the last day to act goes by post: the clock does not wait.
async fn post_instead(
    conn: &mut Conn,
    case: CaseId,
    until: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let ack_due_on: Option<NaiveDate> = legal_dates::table
        .find(case.0)
        .select(legal_dates::ack_due_on)
        .first(conn)
        .await?;
    let act_by = ack_due_on.map(calendar::act_by);
    if act_by.is_some_and(|act_by| act_by < calendar::paris_date(until)) {
        ask_for_letter(conn, case, PostalKind::Acknowledgement, Actor::System, at).await?;
    }
    Ok(())
}

/// The mediator's block of a complaint.
pub(crate) fn mediator(
    dates: &LegalDates,
    is_professional: bool,
    occasion: Occasion,
    today: NaiveDate,
) -> MediatorBlock {
    let right = if is_professional {
        MediationRight::Professional
    } else {
        MediationRight::Consumer {
            opens: Opening::on(dates.mediation_from.date, today),
            last_day: dates.mediation_last_day.date,
        }
    };
    MediatorBlock { occasion, right }
}

/// The mediator's block of a dossier, if it is a complaint with legal dates.
pub(super) fn mediator_of(
    dossier: &Dossier,
    occasion: Occasion,
    today: NaiveDate,
) -> Option<MediatorBlock> {
    let dates = dossier.legal_dates()?;
    Some(mediator(
        &dates,
        dossier.filing.is_professional,
        occasion,
        today,
    ))
}
