//! Carries the e-mails of the outbox, and draws the consequences in the transaction that records
//! what became of them.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::case::{CaseId, Purpose, hand_over};
use crate::db::{Conn, DbError};
use crate::jobs::Background;
use crate::mail::outbox::{self, Settled};
use crate::mail::{Claimed, Delivery};

/// E-mails taken at once.
const BATCH: u16 = 20;

/// Carries what is due and returns how many e-mails were tried.
pub(super) async fn round(background: &Background) -> anyhow::Result<usize> {
    let with_relay = background.carrier.is_relay();
    let mut conn = background.pool.get().await?;
    let claimed = outbox::claim(&mut conn, background.clock.now(), BATCH, with_relay).await?;
    drop(conn);
    for mail in &claimed {
        let delivery = background.carrier.carry(mail, background.clock.now()).await;
        let mut conn = background.pool.get().await?;
        settle(&mut conn, mail, delivery, background.clock.now()).await?;
    }
    Ok(claimed.len())
}

async fn settle(
    conn: &mut Conn,
    mail: &Claimed,
    delivery: Delivery,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let settled = conn
        .transaction(async |conn| {
            let settled = outbox::settle(conn, mail, delivery, at).await?;
            let purpose = Purpose::from_code(&mail.purpose);
            if let (Some(case), Some(purpose)) = (mail.about.map(CaseId), purpose) {
                match settled {
                    Settled::HandedOver => {
                        hand_over::email_handed_over(conn, case, purpose, mail.id.0, at).await?;
                    }
                    Settled::Failed(_) => {
                        hand_over::email_failed(conn, case, purpose, mail.id.0, at).await?;
                    }
                    Settled::Written | Settled::PutOff(_) | Settled::NotOurs => {}
                }
            }
            Ok::<_, DbError>(settled)
        })
        .await?;
    match settled {
        Settled::Failed(obstacle) => {
            tracing::error!(
                outbox.id = mail.id.0,
                obstacle = obstacle.code(),
                "an e-mail failed"
            );
        }
        Settled::PutOff(until) => {
            tracing::warn!(outbox.id = mail.id.0, %until, "an e-mail was put off");
        }
        Settled::HandedOver | Settled::Written | Settled::NotOurs => {}
    }
    Ok(())
}
