//! The letter that waits to be posted: its words, from the case as it is now.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::calendar::{self, promise};
use crate::case::act::ActError;
use crate::case::dossier::Dossier;
use crate::case::exchange::{MessageKind, Side};
use crate::case::files as case_files;
use crate::case::notify::{mediator, mediator_of};
use crate::case::{AsFiled, CaseId, Nature, Office, PostalKind, as_filed};
use crate::db::schema::{answers, messages, outbox};
use crate::db::{Conn, DbError};
use crate::letters::Letter;
use crate::mail::Desk;
use crate::mail::outbox::State;
use crate::mail::words::{
    About, AcknowledgementLetter, Addressed, CopyLetter, MessageLetter, Occasion, ReceiptLetter,
    RequalificationLetter, Section, Written, frozen_answer,
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

/// The letter of this kind; none when there is nothing to write.
pub(super) async fn compose(
    conn: &mut Conn,
    pen: Pen<'_>,
    (kind, dossier): (PostalKind, &Dossier),
) -> Result<Option<Letter>, ActError> {
    let today = calendar::paris_date(pen.at);
    let reference = dossier.case.reference().to_string();
    let (identity, follow_url) = (pen.office.identity(), pen.office.links.follow_url());
    let is_complaint = dossier.case.nature == Nature::Complaint;
    let addressed = Addressed {
        reference: &reference,
        dated_on: today,
        desk: if is_complaint {
            Desk::Complaints
        } else {
            Desk::Customer
        },
        person_name: dossier.case.person_name.as_deref().unwrap_or_default(),
        postal_address: dossier.filing.postal_address.as_deref(),
        identity: &identity,
        follow_url: dossier.filing.email.as_ref().map(|_| follow_url.as_str()),
    };
    match kind {
        PostalKind::Acknowledgement | PostalKind::Conversion => {
            acknowledgement(addressed, dossier, today)
        }
        PostalKind::Requalification => requalification(addressed, dossier, today),
        PostalKind::Copy => copy(conn, pen, (addressed, dossier)).await.map(Some),
        PostalKind::Answer if is_complaint => answer(conn, (addressed, dossier)).await,
        // A request is answered by a message.
        PostalKind::Message | PostalKind::Answer => message(conn, (addressed, dossier)).await,
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

type Unposted = (i64, MessageKind, String, DateTime<Utc>);

/// Our messages that no e-mail carried and no letter has carried yet, oldest first.
pub(super) async fn unposted(conn: &mut Conn, case: CaseId) -> Result<Vec<Unposted>, DbError> {
    let ours = MessageKind::ALL
        .iter()
        .filter(|kind| kind.side() == Side::Office);
    let failed = outbox::table
        .filter(outbox::about.eq(case.0))
        .filter(
            outbox::state
                .eq(State::Failed)
                .or(outbox::bounced_at.is_not_null()),
        )
        .select(outbox::id.nullable());
    let by_no_email = messages::outbox_id
        .is_null()
        .or(messages::outbox_id.eq_any(failed).assume_not_null());
    messages::table
        .filter(messages::case_id.eq(case.0))
        .filter(messages::kind.eq_any(ours))
        .filter(messages::posted_on.is_null())
        .filter(by_no_email)
        .order(messages::id.asc())
        .select((
            messages::id,
            messages::kind,
            messages::body,
            messages::written_at,
        ))
        .load(conn)
        .await
}

async fn message(
    conn: &mut Conn,
    (addressed, dossier): (Addressed<'_>, &Dossier),
) -> Result<Option<Letter>, ActError> {
    let waiting = unposted(conn, dossier.case.id()).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let files = case_files::of_case(conn, dossier.case.id(), None).await?;
    let names = |message: i64| -> Vec<String> {
        let its = files.iter().filter(|file| file.message == Some(message));
        its.map(|file| file.name.clone()).collect()
    };
    let joined: Vec<Vec<String>> = waiting.iter().map(|(id, ..)| names(*id)).collect();
    let written: Vec<Written<'_>> = waiting
        .iter()
        .zip(&joined)
        .map(|((_, kind, text, at), files)| Written {
            about: about(*kind),
            on: calendar::paris_date(*at),
            text,
            files,
        })
        .collect();
    let letter = MessageLetter {
        is_complaint: dossier.case.nature == Nature::Complaint,
        written: &written,
        mediator: mediator_of(dossier, Occasion::Procedure, addressed.dated_on),
        addressed,
    };
    Ok(Some(letter.compose()?))
}

const fn about(kind: MessageKind) -> About {
    match kind {
        MessageKind::FromPerson | MessageKind::ToPerson | MessageKind::Disagreement => About::Case,
        MessageKind::Asked => About::Asked,
        MessageKind::HoldingLetter => About::Delay,
        MessageKind::Transfer => About::Transfer,
        MessageKind::Withdrawal | MessageKind::WithdrawalTaken => About::Withdrawal,
        MessageKind::Mediation => About::Mediation,
    }
}

/// An answer whose letter was not made when it was sent: from its frozen text.
async fn answer(
    conn: &mut Conn,
    (addressed, dossier): (Addressed<'_>, &Dossier),
) -> Result<Option<Letter>, ActError> {
    let frozen: Option<(Option<String>, Option<NaiveDate>)> = answers::table
        .filter(answers::case_id.eq(dossier.case.id().0))
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
