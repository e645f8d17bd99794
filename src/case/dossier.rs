//! One case as a page needs it: its row, what was filed, its frozen dates.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::calendar::{self, LegalDates, Start};
use crate::case::evaluate::Evaluation;
use crate::case::filing::{Capacity, ContactWay, Mandate, PreferredReply, SubscriptionPath};
use crate::case::reopen::CONTESTED;
use crate::case::requalification::Requalification;
use crate::case::{CaseId, Channel, Nature, Reference, StaffId, Status};
use crate::db::schema::{
    cases, evaluations, filings, legal_dates, products, requalifications, subjects,
};
use crate::db::{Conn, DbError, Fixed, fixed};
use crate::journal::Hash;
use crate::keys::keyed_digest;
use crate::mail::EmailAddress;

/// The spine of a case: no content, no personal data but the name.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = cases, check_for_backend(diesel::pg::Pg))]
#[expect(clippy::struct_excessive_bools, reason = "columns of one row")]
pub struct CaseRow {
    id: i64,
    reference_year: i16,
    /// Counts the acts of people.
    pub version: i32,
    /// Filled in by `demo`.
    pub is_demo: bool,
    /// What the person said it is.
    pub nature_declared: Option<Nature>,
    /// What staff say it is.
    pub nature_qualified: Option<Nature>,
    /// What it counts as.
    pub nature: Nature,
    /// When the person last wrote, until we have answered or read it, UTC.
    pub person_wrote_at: Option<DateTime<Utc>>,
    /// How it reached us.
    pub channel: Channel,
    /// Where it stands.
    pub status: Status,
    handler_id: Option<i64>,
    /// First and last name; none once erased.
    pub person_name: Option<String>,
    pub(super) secret: Option<Vec<u8>>,
    /// Generation of the access code.
    pub code_generation: i32,
    /// When it reached us, UTC.
    pub received_at: DateTime<Utc>,
    /// When it was entered, UTC.
    pub entered_at: DateTime<Utc>,
    /// Internal target, if any.
    pub target_on: Option<NaiveDate>,
    /// Paris date of the acknowledgement's hand-over.
    pub acknowledged_on: Option<NaiveDate>,
    /// Paris date of the first answer's hand-over.
    pub answered_on: Option<NaiveDate>,
    /// Paris date of its end.
    pub closed_on: Option<NaiveDate>,
    /// What comes next: legal date or target.
    pub next_due_on: NaiveDate,
    /// Code of the product, if known.
    pub product: Option<String>,
    /// Code of the subject, if known.
    pub subject: Option<String>,
    /// Whether it holds sensitive data: few read it, and e-mails carry none of it.
    pub is_sensitive: bool,
    /// Whether a letter waits that takes the place of an e-mail which did not reach the person.
    pub failed_sending: bool,
    #[diesel(select_expression = fixed::<Bool>(CONTESTED))]
    #[diesel(select_expression_type = Fixed<Bool>)]
    is_contested: bool,
}

impl CaseRow {
    /// The id.
    pub const fn id(&self) -> CaseId {
        CaseId(self.id)
    }

    /// The reference people read.
    pub fn reference(&self) -> Reference {
        Reference::new(self.reference_year, self.id())
    }

    /// Who handles it.
    pub fn handler(&self) -> Option<StaffId> {
        self.handler_id.map(StaffId)
    }
}

/// What the person filed, as it was kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = filings, check_for_backend(diesel::pg::Pg))]
#[expect(
    missing_docs,
    reason = "the columns are explained in the schema, under the same names"
)]
pub struct FilingRow {
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub email_confirmed_at: Option<DateTime<Utc>>,
    pub postal_address: Option<String>,
    pub phone: Option<String>,
    pub capacity: Capacity,
    pub represented: Option<String>,
    pub is_professional: bool,
    pub subscription_path: SubscriptionPath,
    pub intermediary: Option<String>,
    pub contract_number: Option<String>,
    pub mandate: Option<Mandate>,
    pub earlier_contact: Option<String>,
    pub earlier_way: Option<ContactWay>,
    pub earlier_spoken_on: Option<NaiveDate>,
    pub earlier_reply: Option<String>,
    pub preferred_reply: PreferredReply,
    pub facts_when: Option<String>,
    pub facts: String,
    pub expectation: Option<String>,
    pub accessibility: Option<String>,
    pub contact_version: i32,
    pub contact_changed_at: Option<DateTime<Utc>>,
}

/// The dates frozen at entry.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = legal_dates, check_for_backend(diesel::pg::Pg))]
#[expect(
    missing_docs,
    reason = "the columns are explained in the schema, under the same names"
)]
pub struct DatesRow {
    pub first_written_on: Option<NaiveDate>,
    pub received_on: NaiveDate,
    pub expressed_on: Option<NaiveDate>,
    pub declared_earlier_on: Option<NaiveDate>,
    pub ack_due_on: Option<NaiveDate>,
    pub answer_due_on: Option<NaiveDate>,
    pub mediation_from_on: Option<NaiveDate>,
    pub mediation_open_on: Option<NaiveDate>,
    pub mediation_last_on: Option<NaiveDate>,
}

/// What a case is about, as the lists call it; none when the person did not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// Label of the product.
    pub product: Option<String>,
    /// Label of the subject.
    pub subject: Option<String>,
}

/// A case, what was filed and its dates.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The spine.
    pub case: CaseRow,
    /// What was filed.
    pub filing: FilingRow,
    /// Its dates.
    pub dates: DatesRow,
    /// What it is about.
    pub topic: Topic,
    /// What the person thinks of our answer, once they have said so.
    pub evaluation: Option<Evaluation>,
    /// The last change of its nature, if any.
    pub requalification: Option<Requalification>,
}

impl Dossier {
    /// The legal dates with their explanation, for a complaint made in writing. A complaint that
    /// became a request keeps its frozen dates, and none of them runs.
    pub fn legal_dates(&self) -> Option<LegalDates> {
        let (is_complaint, dates) = (self.case.nature == Nature::Complaint, &self.dates);
        let is_written = dates.ack_due_on.and(dates.first_written_on).is_some();
        (is_complaint && is_written).then(|| self.dates_as_complaint())
    }

    /// The legal dates it has, or would have, as a complaint: counted from its first writing.
    pub fn dates_as_complaint(&self) -> LegalDates {
        let received_on = self.dates.received_on;
        let start = Start::new(self.written_on(), received_on);
        let start = start.unwrap_or_else(|_| Start::same_day(received_on));
        let entered_on = calendar::paris_date(self.case.entered_at);
        LegalDates::compute(match self.dates.declared_earlier_on {
            Some(declared_on) => start.with_declared(declared_on, entered_on),
            None => start,
        })
    }

    /// The day it was first written; what was only said is dated from its reception.
    pub fn written_on(&self) -> NaiveDate {
        self.dates
            .first_written_on
            .unwrap_or(self.dates.received_on)
    }

    /// Whether what we write to the person goes by post, because they prefer it. The
    /// acknowledgement leaves at once all the same, by e-mail when there is an address.
    pub fn prefers_post(&self) -> bool {
        let filing = &self.filing;
        filing.preferred_reply == PreferredReply::Post && filing.postal_address.is_some()
    }

    /// The address that what must reach the person is trusted to: none when they prefer the post, or
    /// when nobody confirmed it and there is a postal address.
    pub(super) fn email_to_rely_on(&self) -> Option<EmailAddress> {
        let filing = &self.filing;
        let is_doubtful = filing.postal_address.is_some() && !self.email_is_confirmed();
        if self.prefers_post() || is_doubtful {
            return None;
        }
        let email = filing.email.as_deref()?;
        EmailAddress::parse(email).ok()
    }

    /// Whether the person contests an answer, and waits for another.
    pub const fn is_contested(&self) -> bool {
        self.case.is_contested
    }

    /// Whether it is examined again after an answer, which is contested or not.
    pub fn is_reexamined(&self) -> bool {
        self.case.status == Status::Acknowledged && self.case.answered_on.is_some()
    }

    /// Whether an e-mail may carry content: to an address that is proved to be the person's, and no
    /// sensitive data.
    pub const fn email_carries_content(&self) -> bool {
        self.email_is_confirmed() && !self.case.is_sensitive
    }

    /// Whether the person proved that the e-mail address is theirs.
    pub const fn email_is_confirmed(&self) -> bool {
        self.filing.email_confirmed_at.is_some()
    }
}

/// The case that a reference names; the year must be right too.
///
/// # Errors
/// `NotFound` when there is none, or the database fails.
pub async fn by_reference(conn: &mut Conn, reference: Reference) -> Result<Dossier, DbError> {
    let dossier = by_id(conn, reference.case()).await?;
    if dossier.case.reference() == reference {
        Ok(dossier)
    } else {
        Err(DbError::NotFound)
    }
}

/// The case with this id.
///
/// # Errors
/// `NotFound` when there is none, or the database fails.
pub async fn by_id(conn: &mut Conn, id: CaseId) -> Result<Dossier, DbError> {
    let its_last = requalifications::case_id
        .eq(cases::id)
        .and(requalifications::is_last);
    let (case, filing, dates, product, subject, evaluation, requalification) = cases::table
        .inner_join(filings::table)
        .inner_join(legal_dates::table)
        .left_join(evaluations::table)
        .left_join(products::table.on(cases::product.eq(products::code.nullable())))
        .left_join(subjects::table.on(cases::subject.eq(subjects::code.nullable())))
        .left_join(requalifications::table.on(its_last))
        .filter(cases::id.eq(id.0))
        .select((
            CaseRow::as_select(),
            FilingRow::as_select(),
            DatesRow::as_select(),
            products::label.nullable(),
            subjects::label.nullable(),
            Option::<Evaluation>::as_select(),
            Option::<Requalification>::as_select(),
        ))
        .first(conn)
        .await?;
    Ok(Dossier {
        case,
        filing,
        dates,
        topic: Topic { product, subject },
        evaluation,
        requalification,
    })
}

/// Digest of a content for the journal, keyed by the secret of its case.
pub(crate) fn digest(secret: Option<&[u8]>, content: impl AsRef<[u8]>) -> Hash {
    keyed_digest(secret.unwrap_or_default(), &[content.as_ref()])
}
