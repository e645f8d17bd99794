//! The act of filing: a draft becomes a case, with its dates, its journal and its first e-mail.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::calendar::{self, LegalDates, RULE_VERSION, Start};
use crate::case::dossier::digest;
use crate::case::draft::{self, DraftId, ReadDraft};
use crate::case::events::{self, FiledFacts};
use crate::case::files;
use crate::case::filing::{EarlierContact, Filing, Line, Text};
use crate::case::hand_over::ask_for_letter;
use crate::case::notify::{self, NotifyError};
use crate::case::{
    CaseId, Channel, Dues, Nature, Office, PostalKind, Reference, Status, next_due_on,
};
use crate::db::schema::{cases, filings, legal_dates};
use crate::db::{Conn, DbError};
use crate::firm::PROCEDURE_VERSION;
use crate::journal::{self, Actor, Entry};
use crate::keys::random_bytes;
use crate::mail::EmailAddress;

/// A case that was filed, now or by an earlier sending of the same draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: Reference,
    /// Generation of its access code.
    pub code_generation: i32,
}

/// A case about to be written, with what is computed once for it.
pub(super) struct NewCase<'a> {
    pub(super) filing: &'a Filing,
    pub(super) nature: Nature,
    /// Paris calendar.
    pub(super) received_on: NaiveDate,
    /// Of a complaint.
    pub(super) legal: Option<LegalDates>,
    /// Of a request.
    pub(super) target_on: Option<NaiveDate>,
    pub(super) at: DateTime<Utc>,
}

impl<'a> NewCase<'a> {
    fn new(office: &Office, filing: &'a Filing, at: DateTime<Utc>) -> Self {
        let received_on = calendar::paris_date(at);
        let nature = Nature::effective(filing.nature_declared, None);
        let start = Start::same_day(received_on);
        let start = match declared_on(filing) {
            Some(declared_on) => start.with_declared(declared_on, received_on),
            None => start,
        };
        let is_request = nature == Nature::InformationRequest;
        let target = || calendar::request_target(received_on, office.request_target());
        Self {
            filing,
            nature,
            received_on,
            legal: (!is_request).then(|| LegalDates::compute(start)),
            target_on: is_request.then(target),
            at,
        }
    }

    fn next_due_on(&self) -> NaiveDate {
        let legal = self.legal.as_ref();
        let dues = Dues {
            ack_due: legal.map(|dates| dates.ack_due.date),
            answer_due: legal.map(|dates| dates.answer_due.date),
            target: self.target_on,
            last: self.received_on,
        };
        next_due_on(Status::Received, self.nature, &dues, None)
    }
}

fn declared_on(filing: &Filing) -> Option<NaiveDate> {
    filing
        .situation
        .earlier
        .as_ref()
        .and_then(EarlierContact::written_on)
}

/// Files what the form holds. Sending the same draft again changes nothing and gives the same case.
///
/// The acknowledgement is queued in the same transaction or, without an e-mail address, put on the
/// list of letters; the clock stops when it leaves.
///
/// # Errors
/// When another page changed the draft since it was read ([`draft::mark_filed`]), or the database
/// fails: nothing is filed then, and the draft is as it was.
pub async fn file(
    conn: &mut Conn,
    office: &Office,
    draft: impl Into<ReadDraft>,
    filing: &Filing,
    at: DateTime<Utc>,
) -> Result<Filed, NotifyError> {
    let draft = draft.into();
    let new = NewCase::new(office, filing, at);
    conn.transaction(async |conn| {
        let secret = random_bytes::<32>();
        let Some(case) = insert_case(conn, draft.id, &new, &secret).await? else {
            return Ok(filed_before(conn, draft.id).await?);
        };
        insert_dates(conn, case, &new).await?;
        insert_filing(conn, case, filing).await?;
        journal::open(conn, case.0, filed_entry(&new, &secret), Actor::Person, at).await?;
        let reference = reference(case, new.received_on);
        match filing.contact.reply_to.email() {
            Some(email) => notify::of_filing(conn, office, (case, reference), &new, email).await?,
            None => {
                ask_for_letter(conn, case, PostalKind::Acknowledgement, Actor::System, at).await?;
            }
        }
        if new.nature == Nature::InformationRequest {
            notify::customer_service(conn, office, (case, reference), &new).await?;
        }
        draft::mark_filed(conn, draft, case, at).await?;
        files::file_with_case(conn, draft.id, (case, &secret), at).await?;
        Ok(Filed {
            case,
            reference,
            code_generation: 0,
        })
    })
    .await
}

fn reference(case: CaseId, received_on: NaiveDate) -> Reference {
    Reference::new(i16::try_from(received_on.year()).unwrap_or_default(), case)
}

/// The case that an earlier sending of the draft made.
async fn filed_before(conn: &mut Conn, draft: DraftId) -> Result<Filed, DbError> {
    let (id, year, code_generation): (i64, i16, i32) = cases::table
        .filter(cases::submission_id.eq(draft.0))
        .select((cases::id, cases::reference_year, cases::code_generation))
        .first(conn)
        .await?;
    let case = CaseId(id);
    Ok(Filed {
        case,
        reference: Reference::new(year, case),
        code_generation,
    })
}

/// Inserts the spine; none when the draft was sent before. Two sendings at once wait for each other.
async fn insert_case(
    conn: &mut Conn,
    draft: DraftId,
    new: &NewCase<'_>,
    secret: &[u8],
) -> Result<Option<CaseId>, DbError> {
    let year = i16::try_from(new.received_on.year()).unwrap_or_default();
    let id: Option<i64> = diesel::insert_into(cases::table)
        .values((
            cases::reference_year.eq(year),
            cases::submission_id.eq(draft.0),
            cases::nature_declared.eq(new.filing.nature_declared),
            cases::channel.eq(Channel::Web),
            cases::person_name.eq(new.filing.person.full_name()),
            cases::secret.eq(secret),
            cases::product.eq(new.filing.statement.product.as_ref().map(|line| &line.code)),
            cases::subject.eq(new.filing.statement.subject.as_ref().map(|line| &line.code)),
            cases::procedure_version.eq(PROCEDURE_VERSION),
            cases::received_at.eq(new.at),
            cases::entered_at.eq(new.at),
            cases::target_on.eq(new.target_on),
            cases::next_due_on.eq(new.next_due_on()),
            cases::last_event_at.eq(new.at),
            cases::touched_on.eq(new.received_on),
        ))
        .on_conflict(cases::submission_id)
        .do_nothing()
        .returning(cases::id)
        .get_result(conn)
        .await
        .optional()?;
    Ok(id.map(CaseId))
}

async fn insert_dates(conn: &mut Conn, case: CaseId, new: &NewCase<'_>) -> Result<(), DbError> {
    let legal = new.legal.as_ref();
    diesel::insert_into(legal_dates::table)
        .values((
            legal_dates::case_id.eq(case.0),
            legal_dates::rule_version.eq(RULE_VERSION),
            legal_dates::first_written_on.eq(new.received_on),
            legal_dates::received_on.eq(new.received_on),
            legal_dates::declared_earlier_on.eq(declared_on(new.filing)),
            legal_dates::ack_due_on.eq(legal.map(|l| l.ack_due.date)),
            legal_dates::ack_due_from_reception_on.eq(legal.map(|l| l.ack_due_from_reception.date)),
            legal_dates::answer_due_on.eq(legal.map(|l| l.answer_due.date)),
            legal_dates::answer_due_from_reception_on
                .eq(legal.map(|l| l.answer_due_from_reception.date)),
            legal_dates::mediation_from_on.eq(legal.map(|l| l.mediation_from.date)),
            legal_dates::mediation_open_on.eq(legal.map(|l| l.mediation_open_internally.date)),
            legal_dates::mediation_last_on.eq(legal.map(|l| l.mediation_last_day.date)),
        ))
        .execute(conn)
        .await
        .map(drop)
}

async fn insert_filing(conn: &mut Conn, case: CaseId, filing: &Filing) -> Result<(), DbError> {
    let Filing {
        person,
        contact,
        situation,
        statement,
        ..
    } = filing;
    let subscription = &situation.subscription;
    let earlier = situation.earlier.as_ref();
    diesel::insert_into(filings::table)
        .values((
            filings::case_id.eq(case.0),
            filings::first_name.eq(person.first_name.as_str()),
            filings::last_name.eq(person.last_name.as_str()),
            filings::email.eq(contact.reply_to.email().map(EmailAddress::as_str)),
            filings::postal_address.eq(contact.reply_to.postal_address().map(Text::as_str)),
            filings::phone.eq(contact.phone.as_ref().map(Line::as_str)),
            filings::capacity.eq(situation.capacity),
            filings::represented.eq(situation.represented.as_ref().map(Line::as_str)),
            filings::is_professional.eq(situation.is_professional),
            filings::subscription_path.eq(subscription.path),
            filings::intermediary.eq(subscription.intermediary.as_ref().map(Line::as_str)),
            filings::contract_number.eq(situation.contract_number.as_ref().map(Line::as_str)),
            filings::mandate.eq(situation.mandate),
            filings::earlier_contact.eq(earlier
                .and_then(|earlier| earlier.with.as_ref())
                .map(Line::as_str)),
            filings::earlier_way.eq(earlier.map(|earlier| earlier.way)),
            filings::earlier_spoken_on.eq(earlier.and_then(EarlierContact::spoken_on)),
            filings::earlier_reply.eq(earlier
                .and_then(|earlier| earlier.reply.as_ref())
                .map(Line::as_str)),
            filings::preferred_reply.eq(contact.preferred),
            filings::facts_when.eq(statement.when.as_ref().map(Line::as_str)),
            filings::facts.eq(statement.facts.as_str()),
            filings::expectation.eq(statement.expectation.as_ref().map(Text::as_str)),
            filings::accessibility.eq(contact.accessibility.as_ref().map(Line::as_str)),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The first line of the case's chain: its nature, its dates, digests of what was written.
fn filed_entry(new: &NewCase<'_>, secret: &[u8]) -> Entry {
    events::filed(&FiledFacts {
        channel: Channel::Web,
        nature: new.nature,
        received_on: new.received_on,
        legal: new.legal.as_ref(),
        facts: digest(Some(secret), new.filing.statement.facts.as_str()),
        person: digest(Some(secret), &new.filing.person.full_name()),
    })
}
