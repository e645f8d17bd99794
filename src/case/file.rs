//! The act of filing: a draft becomes a case, with its dates, its journal and its first e-mail.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::case::arrival::Arrival;
use crate::case::draft::{self, DraftId, ReadDraft};
use crate::case::events;
use crate::case::files;
use crate::case::filing::Filing;
use crate::case::hand_over::ask_for_letter;
use crate::case::new_case::NewCase;
use crate::case::notify::{self, NotifyError};
use crate::case::{CaseId, Channel, Nature, Office, PostalKind, Reference};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};
use crate::journal::{self, Actor};
use crate::keys::random_bytes;

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
    let new = NewCase::new(office, filing, (Channel::Web, Arrival::now(at)), at);
    conn.transaction(async |conn| {
        let secret = random_bytes::<32>();
        let Some(case) = new.insert(conn, draft.id, &secret).await? else {
            return Ok(filed_before(conn, draft.id).await?);
        };
        let entry = events::filed(&new.facts(&secret));
        journal::open(conn, case.0, entry, Actor::Person, at).await?;
        let reference = new.reference(case);
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
        files::file_with_case(conn, draft.id, (case, &secret), (Actor::Person, at)).await?;
        Ok(Filed {
            case,
            reference,
            code_generation: 0,
        })
    })
    .await
}

/// The case that an earlier sending of the draft made.
pub(super) async fn filed_before(conn: &mut Conn, draft: DraftId) -> Result<Filed, DbError> {
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
