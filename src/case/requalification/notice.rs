//! What the person is written when staff hold that their complaint is a request.

use chrono::{DateTime, Utc};

use crate::calendar::{self, promise};
use crate::case::message::content;
use crate::case::notify::{NotifyError, mediator, to_person};
use crate::case::{Dossier, Office, Purpose, WayIn};
use crate::db::Conn;
use crate::mail::Composed;
use crate::mail::words::{Occasion, RequalificationNotice, WordsError};

/// Queues the notice; false when it must go by post, or without legal dates.
pub(super) async fn queue(
    conn: &mut Conn,
    office: &Office,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<bool, NotifyError> {
    let (Some(email), Some(words)) = (dossier.email_to_rely_on(), mail(office, dossier, at)?)
    else {
        return Ok(false);
    };
    let new = (Purpose::Requalification, &email, words);
    to_person(conn, office, dossier.case.id(), new, at).await?;
    Ok(true)
}

/// The words of the notice; none without an address, or legal dates.
pub(in crate::case) fn mail(
    office: &Office,
    dossier: &Dossier,
    at: DateTime<Utc>,
) -> Result<Option<Composed>, WordsError> {
    let (Some(email), Some(dates)) = (dossier.email_to_rely_on(), dossier.legal_dates()) else {
        return Ok(None);
    };
    let way_in = WayIn::of(office, dossier, at);
    let last = dossier.requalification.as_ref();
    let motive = last.and_then(|last| last.motive.as_deref());
    let (case, today) = (dossier.case.id(), calendar::paris_date(at));
    let is_professional = dossier.filing.is_professional;
    let object = office.links.object(case, email.as_str(), at);
    let words = RequalificationNotice {
        reference: &dossier.case.reference().to_string(),
        received_on: dossier.dates.received_on,
        motive: content(dossier, motive.unwrap_or_default()),
        answer: promise(dates.answer_due.date, today),
        object: object.as_words(),
        follow: way_in.as_words(),
        mediator: mediator(&dates, is_professional, Occasion::Procedure, today),
    };
    words.compose().map(Some)
}
