//! The act of registering by hand: one transaction, the rows and the journal of a case filed on the
//! site, with staff as its author.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::draft::{self, DraftId, ReadDraft};
use crate::case::entry::{ByHand, Spoken};
use crate::case::events;
use crate::case::file::{Filed, filed_before};
use crate::case::files;
use crate::case::hand_over::ask_for_letter;
use crate::case::new_case::NewCase;
use crate::case::notify::{self, NotifyError};
use crate::case::{CaseId, Nature, Office, PostalKind, Reference, StaffId, Status};
use crate::db::schema::{cases, oral_complaints};
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::keys::random_bytes;

/// Registers a case that `by` typed. Registering the same draft again changes nothing and gives the
/// same case.
///
/// What came in writing is acknowledged: by e-mail at once, or by a letter put on the list. What was
/// said is owed no acknowledgement; a complaint that was satisfied at once is closed.
///
/// # Errors
/// When the draft was changed since it was read, or the database fails: nothing is registered then.
pub async fn enter(
    conn: &mut Conn,
    office: &Office,
    (draft, by): (ReadDraft, StaffId),
    by_hand: &ByHand,
    at: DateTime<Utc>,
) -> Result<Filed, NotifyError> {
    let how = (by_hand.dated.channel, by_hand.dated.arrival);
    let new = NewCase::new(office, &by_hand.filing, how, at);
    let actor = Actor::Staff(by.0);
    conn.transaction(async |conn| {
        let secret = random_bytes::<32>();
        let Some(case) = new.insert(conn, draft.id, &secret).await? else {
            return Ok(filed_before(conn, draft.id).await?);
        };
        let entry = events::entry::entered(&new.facts(&secret), by_hand.dated.arrival);
        journal::open(conn, case.0, entry, actor, at).await?;
        if by_hand.dated.arrival.first_written_on().is_some() {
            acknowledge(conn, office, case, &new, actor).await?;
        }
        if new.nature == Nature::InformationRequest {
            let named = (case, new.reference(case));
            notify::customer_service(conn, office, named, &new).await?;
        }
        draft::mark_filed(conn, draft, case, at).await?;
        files::file_with_case(conn, draft.id, (case, &secret), (actor, at)).await?;
        if let Some(spoken) = &by_hand.spoken {
            note_spoken(conn, case, spoken, (actor, at)).await?;
        }
        Ok(Filed {
            case,
            reference: new.reference(case),
            code_generation: 0,
        })
    })
    .await
}

/// Acknowledges what came in writing: by e-mail, or by a letter put on the list.
pub(in crate::case) async fn acknowledge(
    conn: &mut Conn,
    office: &Office,
    case: CaseId,
    new: &NewCase<'_>,
    actor: Actor,
) -> Result<(), NotifyError> {
    let Some(email) = new.filing.contact.reply_to.email() else {
        let kind = PostalKind::Acknowledgement;
        return Ok(ask_for_letter(conn, case, kind, actor, new.at).await?);
    };
    let named = (case, new.reference(case));
    notify::of_filing(conn, office, named, new, email).await
}

/// What became of it on the day itself; a person who was satisfied at once is owed nothing more.
async fn note_spoken(
    conn: &mut Conn,
    case: CaseId,
    spoken: &Spoken,
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<(), DbError> {
    let (how, invited_on) = match spoken {
        Spoken::Satisfied(how) => (Some(how.as_str()), None),
        Spoken::Invited(on) => (None, *on),
    };
    diesel::insert_into(oral_complaints::table)
        .values((
            oral_complaints::case_id.eq(case.0),
            oral_complaints::satisfied_at_once.eq(how.is_some()),
            oral_complaints::how_satisfied.eq(how),
            oral_complaints::invited_on.eq(invited_on),
        ))
        .execute(conn)
        .await?;
    if how.is_none() {
        return Ok(());
    }
    diesel::update(cases::table.find(case.0))
        .set((
            cases::status.eq(Status::Closed),
            cases::closed_on.eq(calendar::paris_date(at)),
        ))
        .execute(conn)
        .await?;
    journal::append(conn, case.0, events::closed(), actor, at)
        .await
        .map(drop)
}

/// The reference of the case that a draft became.
///
/// # Errors
/// `NotFound` when it became none, or the database fails.
pub async fn registered(conn: &mut Conn, draft: DraftId) -> Result<Reference, DbError> {
    Ok(filed_before(conn, draft).await?.reference)
}
