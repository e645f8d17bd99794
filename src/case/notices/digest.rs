//! The digest: on the morning of a working day, what each member of staff has to do, how far the legal
//! clocks are, and what waits for someone. One e-mail a person, none when there is nothing to say.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar;
use crate::case::NotifyError;
use crate::case::inbox::{self, Asked, Filters, List, Page, Seat};
use crate::case::incoming;
use crate::case::notices::Notices;
use crate::case::notices::recipients::Staff;
use crate::case::sight::Viewer;
use crate::case::stages::{Of, Passed, Stage, Which, note, passed};
use crate::db::schema::digest_days;
use crate::db::{Conn, DbError};
use crate::mail::EmailAddress;
use crate::mail::outbox::{self, NewEmail};
use crate::mail::words::{ClockShare, Digest, DueLine, StageLine, TeamLine};
use crate::settings::Key;
use crate::staff::{AccountLine, Right};

/// Purpose of these e-mails in the outbox: nothing follows them.
const PURPOSE: &str = "digest";
/// Cases named in a digest; the rest is a number.
const NAMED: usize = 20;
/// Stages told in a day; the rest comes the day after, and last days are told at once anyway.
const STAGES: i64 = 500;

/// What one person is told.
struct Told {
    to: EmailAddress,
    due: Vec<DueLine>,
    has_more: bool,
    stages: Vec<StageLine>,
    team: Vec<TeamLine>,
    /// E-mails that wait for a decision.
    n_mails: i64,
}

impl Told {
    const fn to(to: EmailAddress) -> Self {
        Self {
            to,
            due: Vec::new(),
            has_more: false,
            stages: Vec::new(),
            team: Vec::new(),
            n_mails: 0,
        }
    }

    const fn is_empty(&self) -> bool {
        self.due.is_empty() && self.stages.is_empty() && self.team.is_empty() && self.n_mails == 0
    }
}

/// Sends the digests of the day, unless they were sent, and returns how many. Call it in office hours.
///
/// # Errors
/// When the words or the database fail: then nothing was sent.
pub async fn send(
    conn: &mut Conn,
    notices: &Notices,
    at: DateTime<Utc>,
) -> Result<usize, NotifyError> {
    conn.transaction(async |conn| {
        if !is_first(conn, at).await? {
            return Ok(0);
        }
        let staff = Staff::read(conn).await?;
        let mut all = Vec::new();
        for (account, to) in staff.who_work() {
            all.push(desk(conn, notices, account, to, at).await?);
        }
        stages(conn, notices, &staff, &mut all, at).await?;
        all.retain(|told| !told.is_empty());
        for told in &all {
            queue(conn, notices, told, at).await?;
        }
        Ok(all.len())
    })
    .await
}

/// Whether nobody has sent the digests of the day.
async fn is_first(conn: &mut Conn, at: DateTime<Utc>) -> Result<bool, DbError> {
    let n_inserted = diesel::insert_into(digest_days::table)
        .values((
            digest_days::day.eq(calendar::paris_date(at)),
            digest_days::sent_at.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(n_inserted == 1)
}

/// What someone must act on today, and what waits for the team if they oversee it.
async fn desk(
    conn: &mut Conn,
    notices: &Notices,
    account: &AccountLine,
    to: EmailAddress,
    at: DateTime<Utc>,
) -> Result<Told, DbError> {
    let today = calendar::paris_date(at);
    let seat = Seat {
        viewer: Viewer::new((account.id, account.roles), &notices.settings.book(), today),
        oversees: account.roles.may(Right::AssignOthers),
    };
    let asked = Asked {
        list: List::Today,
        seat: &seat,
        filters: &Filters::default(),
        after: None,
        n_lines: NAMED,
    };
    let page = inbox::page(conn, &asked).await?;
    let mut told = Told::to(to);
    told.due = due(&page, today);
    told.has_more = page.next.is_some();
    if account.roles.may(Right::EnterCases) {
        told.n_mails = incoming::n_to_decide(conn, seat.viewer, at).await?;
    }
    if seat.oversees {
        let counts = inbox::counts(conn, &seat).await?;
        told.team = vec![
            TeamLine::Late(counts.of(List::Late)),
            TeamLine::Unassigned(counts.of(List::Unassigned)),
            TeamLine::ToRead(counts.of(List::ToRead)),
            TeamLine::Contested(counts.of(List::Disagreements)),
            TeamLine::Failed(counts.of(List::Failed)),
        ];
        told.team.retain(|line| line.n_cases() > 0);
    }
    Ok(told)
}

fn due(page: &Page, today: NaiveDate) -> Vec<DueLine> {
    let line = |line: &inbox::Line| {
        let followed = page.followed.get(&line.case()).map(|next| next.due_on);
        let due_on = followed.map_or(line.next_due_on, |on| on.min(line.next_due_on));
        DueLine {
            reference: line.reference().to_string(),
            due_on,
            is_late: due_on < today,
        }
    };
    page.lines.iter().map(line).collect()
}

/// Notes the stages that were passed, in the digests of those they are told to.
async fn stages(
    conn: &mut Conn,
    notices: &Notices,
    staff: &Staff,
    all: &mut Vec<Told>,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let today = calendar::paris_date(at);
    for one in passed(conn, Which::Shares, Of::All { limit: STAGES }, today).await? {
        let Some(share) = share(one.stage) else {
            continue;
        };
        let recipients = recipients(conn, notices, staff, &one, today).await?;
        if recipients.is_empty() || !note(conn, &one, at).await? {
            continue;
        }
        for to in recipients {
            let line = StageLine {
                reference: one.reference().to_string(),
                task: one.clock.into(),
                share,
                due_on: one.due_on,
            };
            match all.iter_mut().find(|told| told.to == to) {
                Some(told) => told.stages.push(line),
                None => all.push(Told {
                    stages: vec![line],
                    ..Told::to(to)
                }),
            }
        }
    }
    Ok(())
}

const fn share(stage: Stage) -> Option<ClockShare> {
    match stage {
        Stage::Half => Some(ClockShare::Half),
        Stage::ThreeQuarters => Some(ClockShare::ThreeQuarters),
        Stage::NineTenths => Some(ClockShare::NineTenths),
        Stage::LastDay => None,
    }
}

async fn recipients(
    conn: &mut Conn,
    notices: &Notices,
    staff: &Staff,
    passed: &Passed,
    today: NaiveDate,
) -> Result<Vec<EmailAddress>, DbError> {
    match passed.stage {
        Stage::Half | Stage::LastDay => {
            let case = (passed.case(), passed.handler());
            staff.in_charge(conn, case, today).await
        }
        Stage::ThreeQuarters => staff.supervisors(conn, passed.case()).await,
        Stage::NineTenths => match notices.settings.book().address(Key::ComplianceEmail) {
            Some(compliance) => Ok(vec![compliance.as_email().clone()]),
            None => staff.supervisors(conn, passed.case()).await,
        },
    }
}

async fn queue(
    conn: &mut Conn,
    notices: &Notices,
    told: &Told,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    let words = Digest {
        due: &told.due,
        has_more: told.has_more,
        stages: &told.stages,
        team: &told.team,
        n_mails: told.n_mails,
        has_more_mails: told.n_mails >= incoming::COUNTED,
        mails_url: &notices.incoming(),
        today: calendar::paris_date(at),
        staff_url: &notices.desk(),
    };
    let email = NewEmail {
        purpose: PURPOSE,
        about: None,
        recipient: &told.to,
        words: words.compose()?,
        daily_cap: None,
    };
    let _queued = outbox::queue(conn, email, at).await?;
    Ok(())
}
