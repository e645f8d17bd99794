//! A case about to be written, whoever enters it: what is computed once, and the rows it makes.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar::{self, LegalDates, RULE_VERSION};
use crate::case::arrival::Arrival;
use crate::case::dossier::digest;
use crate::case::draft::DraftId;
use crate::case::events::FiledFacts;
use crate::case::filing::{EarlierContact, Filing, Line, Text};
use crate::case::{CaseId, Channel, Dues, Nature, Office, Reference, Status, next_due_on};
use crate::db::schema::{cases, filings, legal_dates};
use crate::db::{Conn, DbError};
use crate::firm::PROCEDURE_VERSION;
use crate::mail::EmailAddress;

/// A case about to be written, with what is computed once for it.
pub(super) struct NewCase<'a> {
    pub(super) filing: &'a Filing,
    pub(super) channel: Channel,
    pub(super) arrival: Arrival,
    pub(super) nature: Nature,
    /// Of a complaint in writing.
    pub(super) legal: Option<LegalDates>,
    /// Of a request, or of what was only said.
    pub(super) target_on: Option<NaiveDate>,
    /// When it is entered.
    pub(super) at: DateTime<Utc>,
}

impl<'a> NewCase<'a> {
    pub(super) fn new(
        office: &Office,
        filing: &'a Filing,
        (channel, arrival): (Channel, Arrival),
        at: DateTime<Utc>,
    ) -> Self {
        let nature = Nature::effective(filing.nature_declared, None);
        let entered_on = calendar::paris_date(at);
        Self {
            filing,
            channel,
            arrival,
            nature,
            legal: arrival.legal_dates(nature, declared_on(filing), entered_on),
            target_on: arrival.target(nature, office.request_target()),
            at,
        }
    }

    /// When it reached us, Paris calendar.
    pub(super) const fn received_on(&self) -> NaiveDate {
        self.arrival.received_on()
    }

    fn next_due_on(&self) -> NaiveDate {
        let legal = self.legal.as_ref();
        let dues = Dues {
            ack_due: legal.map(|dates| dates.ack_due.date),
            answer_due: legal.map(|dates| dates.answer_due.date),
            target: self.target_on,
            last: self.received_on(),
        };
        next_due_on(Status::Received, self.nature, &dues, None)
    }

    /// The year of its reference: that of the entry.
    fn year(&self) -> i16 {
        i16::try_from(calendar::paris_date(self.at).year()).unwrap_or_default()
    }

    /// Its reference, once its id is known.
    pub(super) fn reference(&self, case: CaseId) -> Reference {
        Reference::new(self.year(), case)
    }

    /// Writes its rows; none when it was sent before. Two sendings at once wait for each other.
    pub(super) async fn insert(
        &self,
        conn: &mut Conn,
        submission: DraftId,
        secret: &[u8],
    ) -> Result<Option<CaseId>, DbError> {
        let Some(case) = self.insert_case(conn, submission, secret).await? else {
            return Ok(None);
        };
        self.insert_dates(conn, case).await?;
        insert_filing(conn, case, self.filing).await?;
        Ok(Some(case))
    }

    async fn insert_case(
        &self,
        conn: &mut Conn,
        submission: DraftId,
        secret: &[u8],
    ) -> Result<Option<CaseId>, DbError> {
        let statement = &self.filing.statement;
        let id: Option<i64> = diesel::insert_into(cases::table)
            .values((
                cases::reference_year.eq(self.year()),
                cases::submission_id.eq(submission.0),
                cases::nature_declared.eq(self.filing.nature_declared),
                cases::channel.eq(self.channel),
                cases::person_name.eq(self.filing.person.full_name()),
                cases::secret.eq(secret),
                cases::product.eq(statement.product.as_ref().map(|line| &line.code)),
                cases::subject.eq(statement.subject.as_ref().map(|line| &line.code)),
                cases::procedure_version.eq(PROCEDURE_VERSION),
                cases::received_at.eq(self.arrival.received_at(self.at)),
                cases::entered_at.eq(self.at),
                cases::target_on.eq(self.target_on),
                cases::next_due_on.eq(self.next_due_on()),
                cases::last_event_at.eq(self.at),
                cases::touched_on.eq(calendar::paris_date(self.at)),
            ))
            .on_conflict(cases::submission_id)
            .do_nothing()
            .returning(cases::id)
            .get_result(conn)
            .await
            .optional()?;
        Ok(id.map(CaseId))
    }

    async fn insert_dates(&self, conn: &mut Conn, case: CaseId) -> Result<(), DbError> {
        let legal = self.legal.as_ref();
        diesel::insert_into(legal_dates::table)
            .values((
                legal_dates::case_id.eq(case.0),
                legal_dates::rule_version.eq(RULE_VERSION),
                legal_dates::first_written_on.eq(self.arrival.first_written_on()),
                legal_dates::received_on.eq(self.received_on()),
                legal_dates::expressed_on.eq(self.arrival.expressed_on()),
                legal_dates::declared_earlier_on.eq(declared_on(self.filing)),
                legal_dates::ack_due_on.eq(legal.map(|l| l.ack_due.date)),
                legal_dates::ack_due_from_reception_on
                    .eq(legal.map(|l| l.ack_due_from_reception.date)),
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

    /// What the first line of its chain tells: its nature, its dates, digests of what was written.
    pub(super) fn facts(&self, secret: &[u8]) -> FiledFacts<'_> {
        FiledFacts {
            channel: self.channel,
            nature: self.nature,
            received_on: self.received_on(),
            legal: self.legal.as_ref(),
            facts: digest(Some(secret), self.filing.statement.facts.as_str()),
            person: digest(Some(secret), self.filing.person.full_name()),
        }
    }
}

/// The earlier writing that the person tells of.
pub(super) fn declared_on(filing: &Filing) -> Option<NaiveDate> {
    filing
        .situation
        .earlier
        .as_ref()
        .and_then(EarlierContact::written_on)
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
