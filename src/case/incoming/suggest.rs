//! The cases that an e-mail may belong to, and why; never one that the reader may not see.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::incoming::leads::{self, not_over};
use crate::case::incoming::{Read, fit, reference};
use crate::case::persons::find::lower_known;
use crate::case::sight::{Viewer, in_sight};
use crate::case::{CaseId, Nature, Reference, Status};
use crate::db::schema::{cases, filings};
use crate::db::{Conn, DbError};
use crate::mail::EmailAddress;

/// Why a case is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The e-mail answers one of ours about it.
    Answers,
    /// The address of its sender is that of the case.
    SameAddress,
    /// It names the reference: anyone can.
    Named,
}

/// A case that an e-mail may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its reference.
    pub reference: Reference,
    /// First and last name.
    pub person: Option<String>,
    /// What it counts as.
    pub nature: Nature,
    /// Where it stands.
    pub status: Status,
    /// Never empty.
    pub why: Vec<Why>,
}

/// The columns of a case, and its address.
type Row = (i64, i16, Option<String>, Nature, Status, Option<String>);

/// Most cases suggested.
const MOST: i64 = 10;

/// The cases that an e-mail may belong to, newest first, without the one it is with.
///
/// # Errors
/// When the database fails.
pub async fn suggestions(
    conn: &mut Conn,
    mail: &Read,
    viewer: Viewer,
) -> Result<Vec<Suggestion>, DbError> {
    let answered = leads::kept_answered(conn, mail.listed.id).await?;
    let named = reference::named(&fit::whole(&mail.listed.subject, &mail.letter.body));
    let mut ids: Vec<i64> = named.iter().map(|one| one.case().0).collect();
    ids.extend(&answered);
    let sender = mail.listed.sender.as_deref();
    let sender = sender.and_then(|sender| EmailAddress::parse(sender).ok());
    let sender = sender.map(|sender| sender.comparison_key());
    let of_sender = lower_known(filings::email)
        .eq(sender.clone())
        .and(cases::status.eq_any(not_over()).nullable());
    let its_own = mail.listed.case.map_or(0, |reference| reference.case().0);
    let rows: Vec<Row> = cases::table
        .inner_join(filings::table)
        .filter(cases::id.eq_any(ids).nullable().or(of_sender))
        .filter(cases::id.ne(its_own))
        .filter(in_sight(viewer).fixed())
        .order(cases::id.desc())
        .limit(MOST)
        .select((
            cases::id,
            cases::reference_year,
            cases::person_name,
            cases::nature,
            cases::status,
            filings::email,
        ))
        .load(conn)
        .await?;
    let likeness = Likeness {
        answered,
        sender,
        named,
    };
    let suggested = rows.into_iter().map(|row| likeness.suggestion(row));
    Ok(suggested.filter(|one| !one.why.is_empty()).collect())
}

/// What an e-mail has that a case may have too.
struct Likeness {
    answered: Vec<i64>,
    sender: Option<String>,
    named: Vec<Reference>,
}

impl Likeness {
    fn suggestion(&self, (id, year, person, nature, status, email): Row) -> Suggestion {
        let reference = Reference::new(year, CaseId(id));
        let email = email.map(|email| email.to_lowercase());
        let reasons = [
            (Why::Answers, self.answered.contains(&id)),
            (Why::SameAddress, email.is_some() && email == self.sender),
            (Why::Named, self.named.contains(&reference)),
        ];
        let why = reasons.into_iter().filter(|(_, holds)| *holds);
        Suggestion {
            reference,
            person,
            nature,
            status,
            why: why.map(|(why, _)| why).collect(),
        }
    }
}
