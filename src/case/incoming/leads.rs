//! The cases that an e-mail may be about. Whoever is barred from one of them does not read it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::incoming::{IncomingId, fit, reference};
use crate::case::persons::find::lower_known;
use crate::case::{CaseId, Reference, Status};
use crate::db::schema::{cases, filings, incoming_leads};
use crate::db::{Conn, DbError};
use crate::mail::incoming::Mail;
use crate::mail::outbox;

/// The cases that an e-mail may be about, by what tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Leads {
    /// It names e-mails of ours about them, the closest first.
    pub(super) answered: Vec<CaseId>,
    /// They bear the address of its sender, and are not over; the newest first.
    pub(super) of_sender: Vec<CaseId>,
    /// It names their references: anyone can.
    pub(super) named: Vec<CaseId>,
}

impl Leads {
    /// Reads the leads of an e-mail.
    pub(super) async fn of(conn: &mut Conn, mail: &Mail) -> Result<Self, DbError> {
        let returned = mail.bounce.iter().flat_map(|report| &report.ours);
        let ours: Vec<String> = mail.answers.iter().chain(returned).cloned().collect();
        Ok(Self {
            answered: answered(conn, &ours).await?,
            of_sender: of_sender(conn, mail).await?,
            named: named(conn, mail).await?,
        })
    }

    /// Keeps them beside an e-mail, also one of a case, which may answer another one; but the cases of
    /// its sender: those come and go, and are looked up anew each time.
    pub(super) async fn keep(&self, conn: &mut Conn, mail: IncomingId) -> Result<(), DbError> {
        let mut rows: Vec<(CaseId, bool)> =
            self.answered.iter().map(|case| (*case, true)).collect();
        for case in &self.named {
            if rows.iter().all(|(known, _)| known != case) {
                rows.push((*case, false));
            }
        }
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(case, is_answered)| {
                (
                    incoming_leads::mail_id.eq(mail.0),
                    incoming_leads::case_id.eq(case.0),
                    incoming_leads::is_answered.eq(is_answered),
                )
            })
            .collect();
        diesel::insert_into(incoming_leads::table)
            .values(rows)
            .execute(conn)
            .await
            .map(drop)
    }
}

/// The cases whose e-mails a kept one answers.
pub(super) async fn kept_answered(conn: &mut Conn, mail: IncomingId) -> Result<Vec<i64>, DbError> {
    incoming_leads::table
        .filter(incoming_leads::mail_id.eq(mail.0))
        .filter(incoming_leads::is_answered)
        .select(incoming_leads::case_id)
        .load(conn)
        .await
}

async fn answered(conn: &mut Conn, message_ids: &[String]) -> Result<Vec<CaseId>, DbError> {
    let mut cases: Vec<CaseId> = Vec::new();
    for case in outbox::subjects(conn, message_ids).await? {
        if !cases.contains(&CaseId(case)) {
            cases.push(CaseId(case));
        }
    }
    Ok(cases)
}

async fn of_sender(conn: &mut Conn, mail: &Mail) -> Result<Vec<CaseId>, DbError> {
    let Some(sender) = &mail.sender else {
        return Ok(Vec::new());
    };
    let ids: Vec<i64> = filings::table
        .inner_join(cases::table)
        .filter(lower_known(filings::email).eq(Some(sender.comparison_key())))
        .filter(cases::status.eq_any(not_over()))
        .order(cases::id.desc())
        .select(cases::id)
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// The states of a case that is not over.
pub(super) fn not_over() -> Vec<Status> {
    let all = Status::ALL.iter().copied();
    all.filter(|status| !status.has_ended()).collect()
}

/// A reference counts only with its right year.
async fn named(conn: &mut Conn, mail: &Mail) -> Result<Vec<CaseId>, DbError> {
    let named = reference::named(&fit::whole(&mail.subject, &mail.text));
    let ids: Vec<i64> = named.iter().map(|one| one.case().0).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(i64, i16)> = cases::table
        .filter(cases::id.eq_any(ids))
        .order(cases::id.desc())
        .select((cases::id, cases::reference_year))
        .load(conn)
        .await?;
    let references = found
        .into_iter()
        .map(|(id, year)| Reference::new(year, CaseId(id)));
    let meant = references.filter(|reference| named.contains(reference));
    Ok(meant.map(Reference::case).collect())
}
