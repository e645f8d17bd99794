//! Carries the e-mails of the outbox, and draws the consequences in the transaction that records
//! what became of them.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::case::{CaseId, NotifyError, Purpose, hand_over, notices};
use crate::db::Conn;
use crate::files::{self, FileId, ReadError};
use crate::jobs::Background;
use crate::mail::outbox::{self, Settled};
use crate::mail::{Claimed, Delivery, Enclosure, Obstacle};

/// E-mails taken at once.
const BATCH: u16 = 20;

/// Carries what is due and returns how many e-mails were tried.
pub(super) async fn round(background: &Background) -> anyhow::Result<usize> {
    let with_relay = background.carrier.is_relay();
    let mut conn = background.pool.get().await?;
    let claimed = outbox::claim(&mut conn, background.clock.now(), BATCH, with_relay).await?;
    drop(conn);
    let n_tried = claimed.len();
    for mut mail in claimed {
        let delivery = match carry(background, &mut mail).await {
            Ok(delivery) => delivery,
            Err(error) => {
                // It is held for a while and comes back; the others need not wait for it.
                tracing::error!(outbox.id = mail.id.0, %error, "the letter of an e-mail cannot be read");
                continue;
            }
        };
        let at = background.clock.now();
        let mut conn = background.pool.get().await?;
        let settled = settle(&mut conn, background, &mail, delivery, at).await;
        match (settled, delivery) {
            (Err(error), Delivery::HandedOver { .. }) => {
                // It has left: it must not leave again because what follows could not be written.
                tracing::error!(%error, outbox.id = mail.id.0, "a hand-over has its consequences owed");
                outbox::owe(&mut conn, &mail, at).await?;
            }
            (settled, _) => settled?,
        }
    }
    draw_owed(background).await?;
    Ok(n_tried)
}

/// Carries one e-mail, its secret in its place and its letter enclosed.
async fn carry(background: &Background, mail: &mut Claimed) -> Result<Delivery, ReadError> {
    if let Err(error) = mail.unseal(&background.outbox_key) {
        tracing::error!(outbox.id = mail.id.0, %error, "an e-mail cannot be read");
        return Ok(Delivery::Refused(Obstacle::Malformed));
    }
    if let Some(file) = mail.enclosed {
        let mut conn = background.pool.get().await?;
        let (name, pdf) = files::whole(&mut conn, FileId(file)).await?;
        mail.enclose(Enclosure { name, pdf });
    }
    Ok(background.carrier.carry(mail, background.clock.now()).await)
}

/// Draws the consequences of hand-overs that could not be recorded with them, as of their day.
async fn draw_owed(background: &Background) -> anyhow::Result<()> {
    let mut conn = background.pool.get().await?;
    let now = background.clock.now();
    while let Some(owed) = outbox::claim_owed(&mut conn, now).await? {
        let at = owed.handed_over_at.unwrap_or(now);
        let case = owed
            .about
            .map(CaseId)
            .zip(Purpose::from_code(&owed.purpose));
        let drawn = conn
            .transaction(async |conn| {
                if let Some((case, purpose)) = case {
                    hand_over::email_handed_over(conn, case, purpose, owed.id.0, at).await?;
                }
                outbox::settle_owed(conn, owed.id).await
            })
            .await;
        if let Err(error) = drawn {
            tracing::error!(%error, outbox.id = owed.id.0, "its consequences are still owed");
        }
    }
    Ok(())
}

async fn settle(
    conn: &mut Conn,
    background: &Background,
    mail: &Claimed,
    delivery: Delivery,
    at: DateTime<Utc>,
) -> Result<(), NotifyError> {
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
                        let letter =
                            hand_over::email_failed(conn, case, purpose, mail.id.0, at).await?;
                        let notices = &background.notices;
                        let failed = (case, purpose, letter);
                        notices::failed_sending(conn, notices, failed, at).await?;
                    }
                    Settled::Written | Settled::PutOff(_) | Settled::NotOurs => {}
                }
            }
            Ok::<_, NotifyError>(settled)
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
