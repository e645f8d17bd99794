//! A server tells that an e-mail of ours was not delivered.

use chrono::{DateTime, Utc};

use crate::case::{CaseId, NotifyError, Office, Purpose, email_bounced, notices};
use crate::db::Conn;
use crate::mail::incoming::BounceReport;
use crate::mail::outbox;

/// Draws the consequences of a report, once for each e-mail of ours that it names, and tells those in
/// charge; returns the case of
/// the first. One that says the e-mail may still be delivered changes nothing.
pub(super) async fn draw(
    conn: &mut Conn,
    office: &Office,
    report: &BounceReport,
    at: DateTime<Utc>,
) -> Result<Option<CaseId>, NotifyError> {
    let about = outbox::subjects(conn, &report.ours).await?;
    if report.is_final {
        for id in &report.ours {
            let Some(bounced) = outbox::bounced(conn, id, at).await? else {
                continue;
            };
            let purpose = Purpose::from_code(&bounced.purpose);
            if let (Some(case), Some(purpose)) = (bounced.about.map(CaseId), purpose) {
                email_bounced(conn, case, (purpose, &bounced), at).await?;
                notices::failed_sending(conn, &office.notices, (case, purpose), at).await?;
            }
        }
    }
    Ok(about.into_iter().next().map(CaseId))
}
