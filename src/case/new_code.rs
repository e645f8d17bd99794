//! A lost access code: the e-mail that leads to a new one, and the act of making it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::dossier::{self, Dossier};
use crate::case::hand_over::lock;
use crate::case::links::{Bond, LinkError, LinkPurpose};
use crate::case::notify::{NotifyError, to_person};
use crate::case::way_in::{WayError, WayThrough, bond_of, claimed};
use crate::case::{CaseId, Nature, Office, Purpose, Reference, events};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::mail::words::{LostCode, NewCodeWay};
use crate::mail::{Composed, Desk, EmailAddress, outbox};

/// Most e-mails about a lost code for one case in 24 hours: whoever knows the reference and the
/// address can ask for them.
pub const LOST_CODE_MAILS_PER_DAY: i64 = 3;

/// Queues the e-mail that leads to a new code, if `typed` is the address of the case and not too
/// many have left today. The caller cannot know whether it did: neither may the visitor.
///
/// # Errors
/// When the e-mail cannot be written or queued.
pub async fn lost_code(
    conn: &mut Conn,
    office: &Office,
    reference: Reference,
    typed: &EmailAddress,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let dossier = match dossier::by_reference(conn, reference).await {
        Err(DbError::NotFound) => return Ok(()),
        other => other?,
    };
    let email = dossier
        .filing
        .email
        .as_deref()
        .and_then(|email| EmailAddress::parse(email).ok())
        .filter(|email| email.comparison_key() == typed.comparison_key());
    let Some(email) = email else { return Ok(()) };
    let words = words(office, &dossier, at)?;
    let case = dossier.case.id();
    conn.transaction(async |conn| {
        lock(conn, case).await?;
        let day_before = at.checked_sub_signed(TimeDelta::days(1)).unwrap_or(at);
        let n_sent =
            outbox::count_since(conn, case.0, Purpose::LostCode.code(), day_before).await?;
        if n_sent >= LOST_CODE_MAILS_PER_DAY {
            return Ok(());
        }
        let id = to_person(conn, office, case, (Purpose::LostCode, &email, words), at).await?;
        let entry = events::code_lost(id.0);
        journal::append(conn, case.0, entry, Actor::Person, at).await?;
        Ok(())
    })
    .await
}

fn words(office: &Office, dossier: &Dossier, at: DateTime<Utc>) -> Result<Composed, NotifyError> {
    let bond = bond_of(dossier);
    let (case, links) = (dossier.case.id(), &office.links);
    let is_confirmed = dossier.email_is_confirmed();
    let link = if is_confirmed {
        links.new_code(case, bond, at)
    } else {
        links.confirm_address(case, bond.email, at)
    };
    let way = if is_confirmed {
        NewCodeWay::Renew(link.as_words())
    } else {
        NewCodeWay::ConfirmFirst(link.as_words())
    };
    let words = LostCode {
        reference: &dossier.case.reference().to_string(),
        desk: match dossier.case.nature {
            Nature::Complaint => Desk::Complaints,
            Nature::InformationRequest => Desk::Customer,
        },
        way,
        lost_code_url: &links.lost_code_url(),
    };
    Ok(words.compose()?)
}

/// Whether a link to a new code can be used: for the page that asks before acting.
///
/// # Errors
/// When the link is forged, expired or too old for the case as it is now.
pub async fn to_renew_code(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<(), WayError> {
    renewal(conn, office, token, at).await.map(drop)
}

/// Makes the code of the next generation: the old one, the links and the open pages that rest on it
/// are closed. The same link again changes nothing and leads to the same code.
///
/// # Errors
/// When the link cannot be used, or the database fails.
pub async fn renew_code(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<WayThrough, WayError> {
    conn.transaction(async |conn| {
        let claim = office.links.read(LinkPurpose::NewCode, token, at)?;
        let is_known = lock(conn, claim.case).await.optional()?.is_some();
        if !is_known {
            return Err(LinkError::Forged.into());
        }
        let (dossier, is_done) = renewal(conn, office, token, at).await?;
        let case = dossier.case.id();
        let mut code_generation = dossier.case.code_generation;
        if !is_done {
            code_generation += 1;
            make(conn, case, code_generation, at).await?;
        }
        Ok(WayThrough {
            reference: dossier.case.reference(),
            code_generation,
        })
    })
    .await
}

async fn make(
    conn: &mut Conn,
    case: CaseId,
    code_generation: i32,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    diesel::update(cases::table.find(case.0))
        .set(cases::code_generation.eq(code_generation))
        .execute(conn)
        .await?;
    let entry = events::code_renewed(code_generation);
    journal::append(conn, case.0, entry, Actor::Person, at)
        .await
        .map(drop)
}

/// The case of a link to a new code, and whether the link has made it already.
async fn renewal(
    conn: &mut Conn,
    office: &Office,
    token: &str,
    at: DateTime<Utc>,
) -> Result<(Dossier, bool), WayError> {
    let claim = office.links.read(LinkPurpose::NewCode, token, at)?;
    let dossier = claimed(conn, &claim).await?;
    let now = bond_of(&dossier);
    let before = Bond {
        code_generation: now.code_generation - 1,
        ..now
    };
    if office.links.is_bound_to(&claim, now) {
        Ok((dossier, false))
    } else if office.links.is_bound_to(&claim, before) {
        Ok((dossier, true))
    } else {
        Err(LinkError::Expired.into())
    }
}
