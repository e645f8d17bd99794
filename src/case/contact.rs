//! The act of changing how to reach the person. A new e-mail address is to be confirmed again; the
//! old one is told that it was replaced, so that nobody takes a case over unseen.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::ActError;
use crate::case::dossier::{self, digest};
use crate::case::filing::{Contact, Line, Text};
use crate::case::hand_over::{ask_for_letter, lock};
use crate::case::notify::{NotifyError, to_person};
use crate::case::{CaseId, Dossier, Nature, Office, PostalKind, Purpose, WayIn, events};
use crate::db::schema::{cases, filings, former_contacts, postal_tasks};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor, Hash};
use crate::mail::EmailAddress;
use crate::mail::words::{AddressChanged, AddressToConfirm};

/// The parts that differ from what is kept: their names in the journal, and what they become.
fn changes<'a>(before: &Dossier, now: &'a Contact) -> Vec<(&'static str, &'a str)> {
    let kept = &before.filing;
    let preferred = Some(kept.preferred_reply.code());
    [
        ("email", kept.email.as_deref(), email(now)),
        ("post", kept.postal_address.as_deref(), postal_address(now)),
        ("preferred", preferred, Some(now.preferred.code())),
        ("phone", kept.phone.as_deref(), phone(now)),
        (
            "accessibility",
            kept.accessibility.as_deref(),
            accessibility(now),
        ),
    ]
    .into_iter()
    .filter(|(_, before, now)| before != now)
    .map(|(part, _, now)| (part, now.unwrap_or_default()))
    .collect()
}

fn email(contact: &Contact) -> Option<&str> {
    contact.reply_to.email().map(EmailAddress::as_str)
}

fn postal_address(contact: &Contact) -> Option<&str> {
    contact.reply_to.postal_address().map(Text::as_str)
}

fn phone(contact: &Contact) -> Option<&str> {
    contact.phone.as_ref().map(Line::as_str)
}

fn accessibility(contact: &Contact) -> Option<&str> {
    contact.accessibility.as_ref().map(Line::as_str)
}

/// Changes how to reach the person, as decided on the contact details of `version`. The same again
/// changes nothing. E-mails that wait already keep the address they were written for: they may
/// hold what only that address was proved to be allowed to read.
///
/// # Errors
/// [`ActError::Stale`] when they have been changed meanwhile; or an e-mail cannot be written, or the
/// database fails.
pub async fn change_contact(
    conn: &mut Conn,
    office: &Office,
    case: CaseId,
    (version, contact): (i32, &Contact),
    at: DateTime<Utc>,
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let before = dossier::by_id(conn, case).await?;
        let changes = changes(&before, contact);
        if changes.is_empty() {
            return Ok(());
        }
        if before.filing.contact_version != version {
            return Err(ActError::Stale);
        }
        count(conn, case, at).await?;
        keep_former(conn, &before, at).await?;
        let is_new_email = changes.iter().any(|(part, _)| *part == "email");
        put(conn, &before, contact, is_new_email, at).await?;
        let secret = before.case.secret.as_deref();
        let digests: Vec<(&'static str, Hash)> = changes
            .iter()
            .map(|(part, now)| (*part, digest(secret, now)))
            .collect();
        let entry = events::contact_changed(version.saturating_add(1), &digests);
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        let is_never_confirmed = !before.email_is_confirmed();
        if before.filing.email.is_some() && is_never_confirmed && email(contact).is_none() {
            // Nothing that was sent to that address can be known to have arrived (R19).
            copy_by_post(conn, case, at).await?;
        }
        if is_new_email {
            tell(conn, office, &before, contact, at).await?;
        }
        Ok(())
    })
    .await
}

/// Asks for the dated copy by post, unless it was asked for already.
async fn copy_by_post(conn: &mut Conn, case: CaseId, at: DateTime<Utc>) -> Result<(), DbError> {
    let asked = postal_tasks::table
        .filter(postal_tasks::case_id.eq(case.0))
        .filter(postal_tasks::kind.eq(PostalKind::Copy));
    let is_asked: bool = diesel::select(diesel::dsl::exists(asked))
        .get_result(conn)
        .await?;
    if is_asked {
        return Ok(());
    }
    ask_for_letter(conn, case, PostalKind::Copy, Actor::Person, at).await
}

/// Counts the act: staff about to write must know.
async fn count(conn: &mut Conn, case: CaseId, at: DateTime<Utc>) -> Result<(), DbError> {
    diesel::update(cases::table.find(case.0))
        .set((
            cases::version.eq(cases::version + 1),
            cases::last_event_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

async fn keep_former(conn: &mut Conn, before: &Dossier, at: DateTime<Utc>) -> Result<(), DbError> {
    let filing = &before.filing;
    diesel::insert_into(former_contacts::table)
        .values((
            former_contacts::case_id.eq(before.case.id().0),
            former_contacts::version.eq(filing.contact_version),
            former_contacts::email.eq(&filing.email),
            former_contacts::email_confirmed_at.eq(filing.email_confirmed_at),
            former_contacts::postal_address.eq(&filing.postal_address),
            former_contacts::preferred_reply.eq(filing.preferred_reply),
            former_contacts::phone.eq(&filing.phone),
            former_contacts::accessibility.eq(&filing.accessibility),
            former_contacts::replaced_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

async fn put(
    conn: &mut Conn,
    before: &Dossier,
    contact: &Contact,
    is_new_email: bool,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let confirmed_at = before.filing.email_confirmed_at.filter(|_| !is_new_email);
    diesel::update(filings::table.find(before.case.id().0))
        .set((
            filings::email.eq(email(contact)),
            filings::email_confirmed_at.eq(confirmed_at),
            filings::postal_address.eq(postal_address(contact)),
            filings::preferred_reply.eq(contact.preferred),
            filings::phone.eq(phone(contact)),
            filings::accessibility.eq(accessibility(contact)),
            filings::contact_version.eq(filings::contact_version + 1),
            filings::contact_changed_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Queues the link to the new address, and the notice to the old one.
async fn tell(
    conn: &mut Conn,
    office: &Office,
    before: &Dossier,
    contact: &Contact,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let case = before.case.id();
    let reference = before.case.reference().to_string();
    let follow = WayIn::by_code(office);
    let is_complaint = before.case.nature == Nature::Complaint;
    if let Some(email) = contact.reply_to.email() {
        let confirm = office.links.confirm_address(case, email.as_str(), at);
        let words = AddressToConfirm {
            reference: &reference,
            is_complaint,
            confirm: confirm.as_words(),
            follow: follow.as_words(),
        };
        let new = (Purpose::AddressToConfirm, email, words.compose()?);
        to_person(conn, office, case, new, at).await?;
    }
    let old = before.filing.email.as_deref();
    if let Some(email) = old.and_then(|email| EmailAddress::parse(email).ok()) {
        let words = AddressChanged {
            reference: &reference,
            is_complaint,
            changed_on: calendar::paris_date(at),
        };
        let new = (Purpose::AddressChanged, &email, words.compose()?);
        to_person(conn, office, case, new, at).await?;
    }
    Ok(())
}
