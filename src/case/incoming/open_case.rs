//! An e-mail that is a case of its own: the rows and the journal of a case entered by hand.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::calendar::{self, Start};
use crate::case::arrival::Arrival;
use crate::case::draft::DraftId;
use crate::case::entry::acknowledge;
use crate::case::events::{self, incoming::by_mail};
use crate::case::files;
use crate::case::filing::Filing;
use crate::case::incoming::IncomingId;
use crate::case::new_case::NewCase;
use crate::case::notify::{self, NotifyError};
use crate::case::{CaseId, Channel, Nature, Office};
use crate::db::{Conn, DbError};
use crate::files::FileId;
use crate::journal::{self, Actor};
use crate::keys::random_bytes;

/// When an e-mail was written, and when it reached us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) written_at: DateTime<Utc>,
    pub(super) received_at: DateTime<Utc>,
}

impl Dated {
    /// What the dates of the case are counted from.
    fn arrival(self) -> Arrival {
        let received_on = calendar::paris_date(self.received_at);
        let written_on = calendar::paris_date(self.written_at).min(received_on);
        let start = Start::new(written_on, received_on);
        Arrival::Written(start.unwrap_or(Start::same_day(received_on)))
    }
}

/// Opens a case, to be qualified, and acknowledges it.
pub(super) async fn open(
    conn: &mut Conn,
    office: &Office,
    (mail, dated): (IncomingId, Dated),
    (filing, pieces): (&Filing, &[FileId]),
    (actor, at): (Actor, DateTime<Utc>),
) -> Result<CaseId, NotifyError> {
    let arrival = dated.arrival();
    let new = NewCase::new(office, filing, (Channel::Email, arrival), at);
    let secret = random_bytes::<32>();
    // Of no draft: the row of the e-mail is held, and makes it once.
    let case = new.insert(conn, DraftId(Uuid::new_v4()), &secret).await?;
    let case = case.ok_or(DbError::NotFound)?;
    let entry = events::entry::entered(&new.facts(&secret), arrival);
    journal::open(conn, case.0, by_mail(entry, mail.0), actor, at).await?;
    acknowledge(conn, office, case, &new, actor).await?;
    if new.nature == Nature::InformationRequest {
        let named = (case, new.reference(case));
        notify::customer_service(conn, office, named, &new).await?;
    }
    files::arrive(conn, (case, None), pieces, (actor, at)).await?;
    Ok(case)
}
