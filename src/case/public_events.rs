//! What the person reads of the life of their case: journal lines of a closed list of kinds, with a
//! date and a side. Whatever the list does not name (notes, assignments, drafts, readings) is never
//! read.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar;
use crate::case::exchange::Side;
use crate::case::{CaseId, Nature, Purpose};
use crate::db::{Conn, DbError};
use crate::journal::{self, Line};

/// Something that happened, as its person may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicEvent {
    /// What.
    pub what: What,
    /// The day, Paris calendar: of the hand-over, for what leaves us.
    pub on: NaiveDate,
    /// When it was noted, UTC.
    pub at: DateTime<Utc>,
    /// Who, by role; no member of staff is named.
    pub side: Side,
    /// What the case was then: it says which service wrote.
    pub nature: Nature,
}

/// What can happen, for its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The case was filed.
    Filed,
    /// The acknowledgement left us.
    Acknowledged,
    /// The address was confirmed.
    AddressConfirmed,
    /// A message, from either side.
    Message,
    /// A file was added, by either side.
    FileAdded,
    /// An answer left us.
    Answered,
    /// The person contests the answer.
    Disagreed,
    /// The person said what they think of the answer.
    Evaluated,
    /// How to reach the person was changed.
    ContactChanged,
    /// A new access code was made.
    CodeRenewed,
    /// We told that we hold the complaint for a request.
    RequalificationTold,
    /// The person objected to that.
    Objected,
    /// The case is of this nature from now on.
    Requalified(Nature),
    /// The person withdrew.
    Withdrawn,
    /// The case was closed.
    Closed,
    /// We asked the person for something.
    Asked,
    /// We reminded them of it.
    Reminded,
    /// We announced that the answer takes longer.
    HoldingLetter,
    /// The case was passed on to someone else too.
    Transferred,
    /// Their answer came back.
    TransferReturned,
    /// We noted that the person withdraws, as they asked us.
    WithdrawalTaken,
    /// The person said that this was a mistake.
    WithdrawalObjected,
    /// The mediator was referred to.
    MediationReferred,
    /// Our documents left for the mediator.
    MediationDocuments,
    /// The mediator gave an opinion, or the mediation ended.
    MediationOpinion,
    /// An e-mail of ours came back: it was not delivered.
    Returned {
        /// What it was.
        what: Returned,
        /// Whether a letter takes its place.
        by_letter: bool,
    },
}

/// What came back, of what the life of the case says that it left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// The acknowledgement.
    Acknowledgement,
    /// The answer.
    Answer,
    /// The notice that the complaint is to be handled as a request.
    Requalification,
    /// A message: one that asks for something, or says that the answer takes longer, too.
    Message,
}

impl Returned {
    const fn of(purpose: Purpose) -> Option<Self> {
        match purpose {
            Purpose::Acknowledgement => Some(Self::Acknowledgement),
            Purpose::Answer => Some(Self::Answer),
            Purpose::Requalification => Some(Self::Requalification),
            Purpose::Message => Some(Self::Message),
            Purpose::Receipt
            | Purpose::Copy
            | Purpose::Notice
            | Purpose::LostCode
            | Purpose::Withdrawal
            | Purpose::AddressToConfirm
            | Purpose::AddressChanged => None,
        }
    }
}

/// The kinds that are public as they are: the one list.
const KINDS: [(&str, What); 25] = [
    ("case.filed", What::Filed),
    ("acknowledgement.handed_over", What::Acknowledged),
    ("address.confirmed", What::AddressConfirmed),
    ("message.received", What::Message),
    ("message.written", What::Message),
    ("file.added", What::FileAdded),
    ("answer.handed_over", What::Answered),
    ("answer.disagreed", What::Disagreed),
    ("answer.evaluated", What::Evaluated),
    ("contact.changed", What::ContactChanged),
    ("code.renewed", What::CodeRenewed),
    ("requalification.told", What::RequalificationTold),
    ("requalification.objected", What::Objected),
    ("case.withdrawn", What::Withdrawn),
    ("case.closed", What::Closed),
    ("person.asked", What::Asked),
    ("person.reminded", What::Reminded),
    ("holding_letter.written", What::HoldingLetter),
    ("case.transferred", What::Transferred),
    ("transfer.returned", What::TransferReturned),
    ("withdrawal.taken", What::WithdrawalTaken),
    ("withdrawal.objected", What::WithdrawalObjected),
    ("mediation.referred", What::MediationReferred),
    ("mediation.documents_sent", What::MediationDocuments),
    ("mediation.opinion", What::MediationOpinion),
];

/// The change of nature, whose line says which.
const REQUALIFIED: &str = "case.requalified";

/// An e-mail that came back, whose line says which: some are of no matter here.
const RETURNED: &str = "mail.bounced";

/// The public events of a case, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<PublicEvent>, DbError> {
    let kinds: Vec<&'static str> = KINDS
        .iter()
        .map(|(kind, _)| *kind)
        .chain([REQUALIFIED, RETURNED])
        .collect();
    let lines = journal::of_kinds(conn, case.0, &kinds).await?;
    Ok(told(&lines))
}

fn told(lines: &[Line]) -> Vec<PublicEvent> {
    let mut nature = Nature::Complaint;
    let mut events: Vec<PublicEvent> = Vec::new();
    for line in lines {
        let its_nature = |name| fact(line, name).and_then(Nature::from_code);
        if line.kind == "case.filed" {
            nature = its_nature("nature").unwrap_or(nature);
        }
        let Some(what) = what(line) else { continue };
        if let What::Requalified(to) = what {
            nature = to;
        }
        events.push(PublicEvent {
            what,
            on: day(line),
            at: line.at,
            side: side(line),
            nature,
        });
    }
    events.reverse();
    events
}

fn what(line: &Line) -> Option<What> {
    if line.kind == REQUALIFIED {
        return fact(line, "to")
            .and_then(Nature::from_code)
            .map(What::Requalified);
    }
    if line.kind == RETURNED {
        let purpose = fact(line, "purpose").and_then(Purpose::from_code)?;
        let by_letter = fact(line, "letter").is_some();
        return Returned::of(purpose).map(|what| What::Returned { what, by_letter });
    }
    // The answer to a request is a message whose hand-over is told.
    if line.kind == "message.written" && fact(line, "purpose") == Some("answer") {
        return None;
    }
    let known = KINDS.iter().find(|(kind, _)| *kind == line.kind);
    known.map(|(_, what)| *what)
}

/// The day it happened: of the hand-over where the line says it, which staff may record later.
fn day(line: &Line) -> NaiveDate {
    let on = fact(line, "on").and_then(|on| on.parse().ok());
    on.unwrap_or_else(|| calendar::paris_date(line.at))
}

/// An objection or a disagreement is the person's, even when staff note that it came by letter.
fn side(line: &Line) -> Side {
    let is_theirs = line.kind.ends_with(".objected") || line.kind == "answer.disagreed";
    if line.actor == "person" || is_theirs {
        Side::Person
    } else {
        Side::Office
    }
}

fn fact<'a>(line: &'a Line, name: &str) -> Option<&'a str> {
    let mut facts = line.facts.lines().filter_map(|fact| fact.split_once('='));
    let found = facts.find(|(found, _)| *found == name);
    found.map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    fn line(kind: &str, actor: &str, facts: &str) -> Line {
        let at: DateTime<Utc> = "2026-05-04T08:00:00Z".parse().unwrap();
        Line {
            chain: 7,
            seq: 1,
            at,
            actor: actor.to_owned(),
            kind: kind.to_owned(),
            facts: facts.to_owned(),
        }
    }

    #[test]
    fn what_the_list_does_not_name_is_not_told() {
        let lines = [
            line("case.filed", "person", "nature=information_request"),
            line("note.written", "staff:3", "note=1"),
            line("case.assigned", "staff:3", "handler=3"),
            line("answer.drafted", "staff:3", "answer=1"),
            line("answer.read", "staff:4", "answer=1"),
            line("mail.failed", "system", "purpose=message"),
            line("mail.bounced", "system", "purpose=notice"),
            line("requalification.decided", "staff:3", "requalification=1"),
            line("message.written", "staff:3", "message=1\npurpose=answer"),
            line("answer.handed_over", "staff:3", "on=2026-05-02\nby=post"),
            line(
                "case.requalified",
                "person",
                "requalification=1\nto=complaint",
            ),
        ];
        let told = told(&lines);
        let whats: Vec<What> = told.iter().map(|event| event.what).collect();
        let complaint = What::Requalified(Nature::Complaint);
        assert_eq!(whats, [complaint, What::Answered, What::Filed]);
        let answered = told.get(1).unwrap();
        assert_eq!(answered.on, "2026-05-02".parse().unwrap());
        assert_eq!(answered.side, Side::Office);
        assert_eq!(answered.nature, Nature::InformationRequest);
    }

    #[test]
    fn a_return_says_what_came_back_and_whether_a_letter_takes_its_place() {
        let of = |facts: &str| what(&line("mail.bounced", "system", facts));
        let returned = |what, by_letter| Some(What::Returned { what, by_letter });
        assert_eq!(
            of("purpose=message\noutbox=3\nletter=message"),
            returned(Returned::Message, true)
        );
        assert_eq!(
            of("purpose=requalification\noutbox=3"),
            returned(Returned::Requalification, false)
        );
        for told_nowhere in ["receipt", "copy", "lost_code", "withdrawal"] {
            let facts = format!("purpose={told_nowhere}\noutbox=3\nletter=copy");
            assert_eq!(of(&facts), None, "{told_nowhere}");
        }
    }
}
