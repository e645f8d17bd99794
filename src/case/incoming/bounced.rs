//! A server tells that an e-mail of ours was not delivered.

use chrono::{DateTime, Utc};

use crate::case::incoming::Reason;
use crate::case::incoming::decide::Decision;
use crate::case::{CaseId, NotifyError, Office, Purpose, email_bounced, notices};
use crate::db::{Conn, DbError};
use crate::mail::incoming::BounceReport;
use crate::mail::outbox::{self, Named};

/// Whether a report is believed. Whoever read an e-mail of ours knows its id, and can write one: it is
/// believed only as servers send it, of the very address we wrote to. Staff see what is not, and what is
/// of nothing we know.
pub(super) async fn judge(conn: &mut Conn, report: &BounceReport) -> Result<Decision, DbError> {
    let ours = outbox::named(conn, &report.ours).await?;
    let case = ours.iter().find_map(|named| named.about).map(CaseId);
    let is_proven = report.is_from_nobody && ours.iter().any(|named| is_named(report, named));
    Ok(match (report.is_final, ours.is_empty()) {
        (true, true) => Decision::Hold(Reason::UnknownReturn),
        (true, false) if !is_proven => Decision::Hold(Reason::DoubtfulReturn),
        (false, _) if !report.is_from_nobody => Decision::Hold(Reason::DoubtfulReturn),
        (true | false, _) => Decision::SetAside(case),
    })
}

fn is_named(report: &BounceReport, named: &Named) -> bool {
    report.names(&named.recipient)
}

/// Draws the consequences of a report that is believed, once for each e-mail of ours that it is of, and
/// tells those in charge. One that says the e-mail may still be delivered changes nothing.
pub(super) async fn draw(
    conn: &mut Conn,
    office: &Office,
    (report, received_at): (&BounceReport, DateTime<Utc>),
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
    if !report.is_final {
        return Ok(());
    }
    let mut ours = outbox::named(conn, &report.ours).await?;
    ours.retain(|named| is_named(report, named));
    let told_of = report.arrived_at.unwrap_or(received_at).min(received_at);
    for named in ours {
        let Some(bounced) = outbox::bounced(conn, &named.message_id, told_of, at).await? else {
            continue;
        };
        let purpose = Purpose::from_code(&bounced.purpose);
        if let (Some(case), Some(purpose)) = (bounced.about.map(CaseId), purpose) {
            let letter = email_bounced(conn, case, (purpose, &bounced), at).await?;
            let came_back = (case, purpose, letter);
            notices::returned_sending(conn, &office.notices, came_back, at).await?;
        }
    }
    Ok(())
}
