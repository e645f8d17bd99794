//! The act of passing a case on to whoever is competent (R9, R33), or mail for the mediator that
//! landed here (R10): the clock goes on, and the person is told who has it and why.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::Deserialize;

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::exchange::MessageKind;
use crate::case::filing::{Line, Text};
use crate::case::outside::tell::{due, tell};
use crate::case::{CaseId, Dossier, Nature, Office, StaffId, Status, dossier, events};
use crate::db::schema::transfers;
use crate::db::{Conn, DbError, text_code};
use crate::journal::{self, Actor};
use crate::mail::words::{self, Told};

/// A firm, a person or a service, 1 to 200 characters.
pub type Name = Line<200>;

/// Where they are, 1 to 500 characters.
pub type PostalAddress = Text<1, 500>;

/// What it is passed on for, 1 to 2,000 characters; the person reads it.
pub type TransferPurpose = Text<1, 2_000>;

text_code! {
    /// To whom something is passed on.
    pub enum Recipient {
        /// The insurer of the contract.
        Insurer => "insurer",
        /// The distributor or usual contact.
        Distributor => "distributor",
        /// Another competent firm.
        Other => "other",
        /// The mediator, for mail meant for them.
        Mediator => "mediator",
    }
}

impl Recipient {
    pub(crate) const fn as_words(self) -> words::Recipient {
        match self {
            Self::Insurer => words::Recipient::Insurer,
            Self::Distributor => words::Recipient::Distributor,
            Self::Other => words::Recipient::Other,
            Self::Mediator => words::Recipient::Mediator,
        }
    }
}

/// What is passed on, and to whom.
#[derive(Clone, Debug)]
pub struct NewTransfer {
    /// To whom.
    pub recipient: Recipient,
    /// Their name.
    pub name: Name,
    /// The service there.
    pub service: Option<Name>,
    /// Where it is.
    pub postal_address: Option<PostalAddress>,
    /// What for.
    pub purpose: TransferPurpose,
    /// When it left, Paris calendar: from the case's reception to today.
    pub transferred_on: NaiveDate,
}

/// A transfer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Deserialize)]
#[diesel(table_name = transfers, check_for_backend(diesel::pg::Pg))]
pub struct TransferRow {
    /// Its row.
    pub id: i64,
    /// To whom.
    pub recipient: Recipient,
    /// Their name; none once erased.
    pub name: Option<String>,
    /// The service there.
    pub service: Option<String>,
    /// What for; none once erased.
    pub purpose: Option<String>,
    /// When it left, Paris calendar.
    pub transferred_on: NaiveDate,
    /// When their answer came back, Paris calendar.
    pub returned_on: Option<NaiveDate>,
}

/// The transfers of a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn transfers_of(conn: &mut Conn, case: CaseId) -> Result<Vec<TransferRow>, DbError> {
    transfers::table
        .filter(transfers::case_id.eq(case.0))
        .order(transfers::id)
        .select(TransferRow::as_select())
        .load(conn)
        .await
}

/// Notes that the case, or mail of it, was passed on, and tells the person.
///
/// # Errors
/// [`ActError::BadDate`] when the day is to come or before the case was received; or the case is over
/// (mail for the mediator excepted), has changed since it was shown, or the e-mail cannot be queued.
pub async fn transfer(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    new: &NewTransfer,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, from(new.recipient), at).await?;
        let dossier = dossier::by_id(conn, seen.case).await?;
        let today = calendar::paris_date(at);
        if new.transferred_on < dossier.dates.received_on || today < new.transferred_on {
            return Err(ActError::BadDate);
        }
        let told = (
            MessageKind::Transfer,
            Told::Transfer(words(&dossier, new, today)),
        );
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        let id = insert(conn, seen.case, new, (spoken.message, by, at)).await?;
        let (to, on) = (new.recipient, new.transferred_on);
        let entry = events::transferred(id, to, on, &spoken.text);
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

/// Notes that the answer of whoever it was passed on to came back.
///
/// # Errors
/// [`ActError::NothingToNote`] when there is no such transfer, or its return is noted;
/// [`ActError::BadDate`] when the day is to come or before it left; or the case has changed since it
/// was shown, or the database fails.
pub async fn returned(
    conn: &mut Conn,
    seen: Seen,
    (transfer, returned_on): (i64, NaiveDate),
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let waiting = transfers::table
            .find(transfer)
            .filter(transfers::case_id.eq(seen.case.0))
            .filter(transfers::returned_on.is_null());
        let left_on: Option<NaiveDate> = waiting
            .select(transfers::transferred_on)
            .first(conn)
            .await
            .optional()?;
        let left_on = left_on.ok_or(ActError::NothingToNote)?;
        if returned_on < left_on || calendar::paris_date(at) < returned_on {
            return Err(ActError::BadDate);
        }
        diesel::update(waiting)
            .set(transfers::returned_on.eq(returned_on))
            .execute(conn)
            .await?;
        let entry = events::transfer_returned(transfer, returned_on);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}

/// The states in which it can be passed on: mail for the mediator comes when it will.
const fn from(recipient: Recipient) -> &'static [Status] {
    match recipient {
        Recipient::Mediator => Status::ALL,
        Recipient::Insurer | Recipient::Distributor | Recipient::Other => {
            &[Status::Received, Status::Acknowledged, Status::Answered]
        }
    }
}

fn words<'a>(dossier: &Dossier, new: &'a NewTransfer, today: NaiveDate) -> words::Transfer<'a> {
    words::Transfer {
        is_complaint: dossier.case.nature == Nature::Complaint,
        to: new.recipient.as_words(),
        name: new.name.as_str(),
        service: new.service.as_ref().map(Name::as_str),
        postal_address: new.postal_address.as_ref().map(PostalAddress::as_str),
        purpose: new.purpose.as_str(),
        on: new.transferred_on,
        is_open: dossier.case.status.is_open(),
        due: due(dossier, today),
    }
}

/// Writes the row, which is the last one of its case from now on.
async fn insert(
    conn: &mut Conn,
    case: CaseId,
    new: &NewTransfer,
    (message, by, at): (i64, StaffId, DateTime<Utc>),
) -> Result<i64, DbError> {
    let before = transfers::table
        .filter(transfers::case_id.eq(case.0))
        .filter(transfers::is_last);
    diesel::update(before)
        .set(transfers::is_last.eq(false))
        .execute(conn)
        .await?;
    diesel::insert_into(transfers::table)
        .values((
            transfers::case_id.eq(case.0),
            transfers::message_id.eq(message),
            transfers::staff_id.eq(by.0),
            transfers::recipient.eq(new.recipient),
            transfers::name.eq(new.name.as_str()),
            transfers::service.eq(new.service.as_ref().map(Name::as_str)),
            transfers::postal_address.eq(new.postal_address.as_ref().map(PostalAddress::as_str)),
            transfers::purpose.eq(new.purpose.as_str()),
            transfers::transferred_on.eq(new.transferred_on),
            transfers::noted_at.eq(at),
        ))
        .returning(transfers::id)
        .get_result(conn)
        .await
}
