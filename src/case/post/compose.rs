//! The letter that waits to be posted: its words, from the case as it is now.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar::{self, promise};
use crate::case::act::ActError;
use crate::case::answer::AnswerState;
use crate::case::dossier::Dossier;
use crate::case::files as case_files;
use crate::case::notify::{mediator, mediator_of};
use crate::case::post::messages::{carried_by, messages_letter, unposted};
use crate::case::{AsFiled, Nature, Office, PostalKind, as_filed};
use crate::db::Conn;
use crate::db::schema::answers;
use crate::letters::Letter;
use crate::mail::Desk;
use crate::mail::words::{
    AcknowledgementLetter, Addressed, CopyLetter, Occasion, ReceiptLetter, RequalificationLetter,
    Section, frozen_answer,
};

/// What the form asked and what was answered, for the copy: the site says how.
pub(super) type Recap<'a> = &'a (dyn Fn(AsFiled<'_>) -> Vec<(String, String)> + Sync);

/// Someone who writes letters: the office, and on which day.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    pub(super) office: &'a Office,
    pub(super) recap: Recap<'a>,
    pub(super) at: DateTime<Utc>,
}

/// The letter of this kind, to be posted; none when there is nothing to write.
pub(super) async fn compose(
    conn: &mut Conn,
    pen: Pen<'_>,
    (kind, dossier): (PostalKind, &Dossier),
) -> Result<Option<Letter>, ActError> {
    let today = calendar::paris_date(pen.at);
    let own = Own::of(pen, dossier);
    let addressed = own.addressed(dossier, today);
    let is_complaint = dossier.case.nature == Nature::Complaint;
    match kind {
        PostalKind::Acknowledgement | PostalKind::Conversion => {
            acknowledgement(addressed, dossier, today)
        }
        PostalKind::Requalification => requalification(addressed, dossier, today),
        PostalKind::Copy => copy(conn, pen, (addressed, dossier)).await.map(Some),
        PostalKind::Answer if is_complaint => answer(conn, (addressed, dossier)).await,
        // A request is answered by a message.
        PostalKind::Message | PostalKind::Answer => {
            let waiting = unposted(conn, dossier.case.id()).await?;
            messages_letter(conn, (addressed, dossier), &waiting).await
        }
    }
}

/// The letter of this kind that an e-mail carried; none when it no longer makes sense.
pub(super) async fn emailed(
    conn: &mut Conn,
    pen: Pen<'_>,
    (kind, dossier): (PostalKind, &Dossier),
    outbox: i64,
) -> Result<Option<Letter>, ActError> {
    if kind == PostalKind::Message {
        let own = Own::of(pen, dossier);
        let addressed = own.addressed(dossier, calendar::paris_date(pen.at));
        let its_message = carried_by(conn, dossier.case.id(), outbox).await?;
        return messages_letter(conn, (addressed, dossier), &its_message).await;
    }
    if dossier.case.nature != Nature::Complaint {
        return Ok(None);
    }
    compose(conn, pen, (kind, dossier)).await
}

/// What a letter borrows, beside the case.
struct Own {
    reference: String,
    identity: Vec<String>,
    follow_url: String,
}

impl Own {
    fn of(pen: Pen<'_>, dossier: &Dossier) -> Self {
        Self {
            reference: dossier.case.reference().to_string(),
            identity: pen.office.identity(),
            follow_url: pen.office.links.follow_url(),
        }
    }

    fn addressed<'a>(&'a self, dossier: &'a Dossier, dated_on: NaiveDate) -> Addressed<'a> {
        Addressed {
            reference: &self.reference,
            dated_on,
            desk: match dossier.case.nature {
                Nature::Complaint => Desk::Complaints,
                Nature::InformationRequest => Desk::Customer,
            },
            person_name: dossier.case.person_name.as_deref().unwrap_or_default(),
            postal_address: dossier.filing.postal_address.as_deref(),
            identity: &self.identity,
            follow_url: dossier.is_followed_online().then_some(&*self.follow_url),
        }
    }
}

fn acknowledgement(
    addressed: Addressed<'_>,
    dossier: &Dossier,
    today: NaiveDate,
) -> Result<Option<Letter>, ActError> {
    if dossier.case.nature == Nature::InformationRequest {
        let received_on = dossier.dates.received_on;
        let letter = ReceiptLetter {
            addressed,
            received_on,
            answer: promise(dossier.case.target_on.unwrap_or(received_on), today),
        };
        return Ok(Some(letter.compose()));
    }
    let Some(dates) = dossier.legal_dates() else {
        return Ok(None);
    };
    let converted = dossier.requalification.as_ref();
    let letter = AcknowledgementLetter {
        addressed,
        received_on: dossier.dates.received_on,
        sent_on: dates.answer_due.explanation.starts_on(),
        converted_on: converted
            .filter(|change| change.to_nature == Nature::Complaint)
            .map(|change| calendar::paris_date(change.decided_at)),
        answer: promise(dates.answer_due.date, today),
        answer_why: &dates.answer_due.explanation.sentences(),
        mediation_why: &dates.mediation_from.explanation.sentences(),
        mediator: mediator(
            &dates,
            dossier.filing.is_professional,
            Occasion::Procedure,
            today,
        ),
    };
    Ok(Some(letter.compose()?))
}

fn requalification(
    addressed: Addressed<'_>,
    dossier: &Dossier,
    today: NaiveDate,
) -> Result<Option<Letter>, ActError> {
    let Some(dates) = dossier.legal_dates() else {
        return Ok(None);
    };
    let last = dossier.requalification.as_ref();
    let is_professional = dossier.filing.is_professional;
    let letter = RequalificationLetter {
        addressed,
        received_on: dossier.dates.received_on,
        motive: last
            .and_then(|last| last.motive.as_deref())
            .unwrap_or_default(),
        answer: promise(dates.answer_due.date, today),
        mediator: mediator(&dates, is_professional, Occasion::Procedure, today),
    };
    Ok(Some(letter.compose()?))
}

async fn copy(
    conn: &mut Conn,
    pen: Pen<'_>,
    (addressed, dossier): (Addressed<'_>, &Dossier),
) -> Result<Letter, ActError> {
    let files = case_files::of_case(conn, dossier.case.id(), None).await?;
    let filing = as_filed(conn, dossier).await?;
    let told = (pen.recap)(AsFiled {
        dossier,
        filing: &filing,
        files: &files,
    });
    let sections: Vec<Section<'_>> = told
        .iter()
        .map(|(label, text)| Section { label, text })
        .collect();
    let letter = CopyLetter {
        filed_at: dossier.case.received_at.with_timezone(&Paris).naive_local(),
        sections: &sections,
        mediator: mediator_of(dossier, Occasion::Procedure, addressed.dated_on),
        addressed,
    };
    Ok(letter.compose()?)
}

/// An answer whose letter was not made when it was sent: from its frozen text.
async fn answer(
    conn: &mut Conn,
    (addressed, dossier): (Addressed<'_>, &Dossier),
) -> Result<Option<Letter>, ActError> {
    let frozen: Option<(Option<String>, Option<NaiveDate>)> = answers::table
        .filter(answers::case_id.eq(dossier.case.id().0))
        .filter(answers::state.ne(AnswerState::Draft))
        .order(answers::id.desc())
        .select((answers::letter, answers::dated_on))
        .first(conn)
        .await
        .optional()?;
    let Some((Some(text), Some(dated_on))) = frozen else {
        return Ok(None);
    };
    let addressed = Addressed {
        dated_on,
        ..addressed
    };
    Ok(Some(frozen_answer(addressed, &text)))
}
