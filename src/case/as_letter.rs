//! What an e-mail of ours is as a letter: which one is asked for when it does not reach the person, and
//! which of those that wait may stand for it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::case::requalification::was_acknowledged;
use crate::case::{CaseId, Nature, PostalKind, Purpose, Status, answer};
use crate::db::schema::cases;
use crate::db::{Conn, DbError};

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AsLetter {
    /// The acknowledgement or the receipt.
    Acknowledgement,
    /// The reasoned answer to a complaint.
    Answer,
    /// Messages: those that no e-mail carried share one letter. The answer to a request is one, also
    /// once the request has become a complaint: posted, it must not pass for the reasoned answer.
    Messages(Nature),
    /// The one letter of this kind.
    Other(PostalKind),
}

impl AsLetter {
    /// What this e-mail is; none when no letter takes its place.
    pub(super) async fn of(
        conn: &mut Conn,
        case: CaseId,
        (purpose, outbox): (Purpose, i64),
    ) -> Result<Option<Self>, DbError> {
        Ok(match purpose.by_post() {
            None => None,
            Some(PostalKind::Acknowledgement) => Some(Self::Acknowledgement),
            Some(PostalKind::Answer) if answer::is_carried_by(conn, case, outbox).await? => {
                Some(Self::Answer)
            }
            Some(PostalKind::Answer | PostalKind::Message) => {
                let (nature, _) = now(conn, case).await?;
                Some(Self::Messages(nature))
            }
            Some(kind) => Some(Self::Other(kind)),
        })
    }

    /// The letter to ask for in its place.
    pub(super) async fn to_ask(
        self,
        conn: &mut Conn,
        case: CaseId,
        purpose: Purpose,
    ) -> Result<PostalKind, DbError> {
        Ok(match self {
            Self::Acknowledgement if was_acknowledged(conn, case).await? => PostalKind::Conversion,
            Self::Acknowledgement => PostalKind::Acknowledgement,
            Self::Answer => PostalKind::Answer,
            // It answers the request by its letter too, while that is to be answered.
            Self::Messages(_) if purpose == Purpose::Answer => match now(conn, case).await? {
                (Nature::InformationRequest, status) if status.is_open() => PostalKind::Answer,
                (Nature::InformationRequest | Nature::Complaint, _) => PostalKind::Message,
            },
            Self::Messages(_) => PostalKind::Message,
            Self::Other(kind) => kind,
        })
    }

    /// The letters that may wait in its place.
    pub(super) fn stand_ins(self) -> Vec<PostalKind> {
        match self {
            Self::Acknowledgement => vec![PostalKind::Acknowledgement, PostalKind::Conversion],
            Self::Answer => vec![PostalKind::Answer],
            Self::Messages(Nature::InformationRequest) => {
                vec![PostalKind::Answer, PostalKind::Message]
            }
            Self::Messages(Nature::Complaint) => vec![PostalKind::Message],
            Self::Other(kind) => vec![kind],
        }
    }
}

async fn now(conn: &mut Conn, case: CaseId) -> Result<(Nature, Status), DbError> {
    cases::table
        .find(case.0)
        .select((cases::nature, cases::status))
        .first(conn)
        .await
}
