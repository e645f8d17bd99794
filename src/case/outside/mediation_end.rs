//! The acts that follow the mediator's opinion: what we make of it, and what it asks of us.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::act::{ActError, Seen, count};
use crate::case::exchange::MessageKind;
use crate::case::filing::Text;
use crate::case::outside::ask::is_ahead;
use crate::case::outside::follow_up::{self, FollowUpKind};
use crate::case::outside::mediation::{MediationRow, last};
use crate::case::outside::tell::tell;
use crate::case::{Office, StaffId, Status, dossier, events};
use crate::db::schema::mediations;
use crate::db::{Conn, text_code};
use crate::journal::{self, Actor};
use crate::mail::words::{Opinion, Told};

/// What the opinion says, 1 to 5,000 characters; the person has it from the mediator.
pub type Summary = Text<1, 5_000>;

/// How we follow it or why not, 1 to 2,000 characters; the person reads it.
pub type Grounds = Text<1, 2_000>;

text_code! {
    /// How a mediation ended, for us.
    pub enum Issue {
        /// We follow the opinion.
        Followed => "followed",
        /// We do not follow it.
        NotFollowed => "not_followed",
        /// There is none: inadmissible, given up, settled.
        NoOpinion => "no_opinion",
    }
}

/// An opinion to note.
#[derive(Clone, Debug)]
pub struct NewOpinion {
    /// When it was given, Paris calendar: from the day we heard of the referral to today.
    pub given_on: NaiveDate,
    /// What it says.
    pub summary: Summary,
    /// What we make of it.
    pub issue: Issue,
    /// How, or why not: compulsory when we do not follow it.
    pub grounds: Option<Grounds>,
    /// By when what it asks of us is done, Paris calendar; only of an opinion we follow.
    pub follow_up_on: Option<NaiveDate>,
}

/// Notes the opinion, or the end of the mediation without one; tells the person what we make of it.
///
/// # Errors
/// [`ActError::NothingToNote`] when the mediator does not have the case; [`ActError::BadDate`] when a
/// day cannot be; or the case has changed since it was shown, or the e-mail cannot be queued.
pub async fn opinion(
    conn: &mut Conn,
    office: &Office,
    seen: Seen,
    new: &NewOpinion,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    let today = calendar::paris_date(at);
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let last = last(conn, seen.case).await?;
        let last = last.filter(MediationRow::is_open);
        let last = last.ok_or(ActError::NothingToNote)?;
        let is_known = last.known_on <= new.given_on && new.given_on <= today;
        let follow_up_on = new.follow_up_on.filter(|_| new.issue == Issue::Followed);
        if !is_known || follow_up_on.is_some_and(|day| !is_ahead(day, today)) {
            return Err(ActError::BadDate);
        }
        diesel::update(mediations::table.find(last.id))
            .set((
                mediations::opinion_on.eq(new.given_on),
                mediations::opinion.eq(new.summary.as_str()),
                mediations::issue.eq(new.issue),
                mediations::grounds.eq(new.grounds.as_ref().map(Grounds::as_str)),
                mediations::follow_up_on.eq(follow_up_on),
            ))
            .execute(conn)
            .await?;
        follow_up::done(conn, seen.case, &[FollowUpKind::MediationDocuments], at).await?;
        if let Some(day) = follow_up_on {
            follow_up::follow(conn, seen.case, FollowUpKind::MediationOpinion, day, at).await?;
        }
        let entry = events::mediation_opinion(last.id, new.issue, new.given_on);
        if new.issue == Issue::NoOpinion {
            journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
            return Ok(());
        }
        let dossier = dossier::by_id(conn, seen.case).await?;
        let told = Told::Opinion(Opinion {
            on: new.given_on,
            is_followed: new.issue == Issue::Followed,
            grounds: new.grounds.as_ref().map(Grounds::as_str),
            follow_up_on,
        });
        let told = (MessageKind::Mediation, told);
        let spoken = tell(conn, office, &dossier, told, (by, at)).await?;
        Ok(spoken.record(conn, seen.case, entry, (by, at)).await?)
    })
    .await
}

/// Notes that what the opinion asked of us was done.
///
/// # Errors
/// [`ActError::NothingToNote`] when nothing is awaited; [`ActError::BadDate`] when the day is to come
/// or before the opinion; or the case has changed since it was shown.
pub async fn followed_up(
    conn: &mut Conn,
    seen: Seen,
    done_on: NaiveDate,
    (by, at): (StaffId, DateTime<Utc>),
) -> Result<(), ActError> {
    conn.transaction(async |conn| {
        count(conn, seen, Status::ALL, at).await?;
        let last = last(conn, seen.case).await?;
        let last = last.filter(MediationRow::awaits_follow_up);
        let last = last.ok_or(ActError::NothingToNote)?;
        let is_after = last.opinion_on.is_none_or(|given_on| given_on <= done_on);
        if !is_after || calendar::paris_date(at) < done_on {
            return Err(ActError::BadDate);
        }
        diesel::update(mediations::table.find(last.id))
            .set(mediations::followed_up_on.eq(done_on))
            .execute(conn)
            .await?;
        follow_up::done(conn, seen.case, &[FollowUpKind::MediationOpinion], at).await?;
        let entry = events::mediation_followed_up(last.id, done_on);
        journal::append(conn, seen.case.0, entry, Actor::Staff(by.0), at).await?;
        Ok(())
    })
    .await
}
