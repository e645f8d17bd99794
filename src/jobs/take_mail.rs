//! Understands the e-mails that are kept, whether the mailbox answers or not.

use crate::case::incoming::{self, IncomingId};
use crate::jobs::Background;

/// E-mails taken at once.
const BATCH: i64 = 20;

/// Takes what was kept and could not be taken then.
pub(super) async fn round(background: &Background) -> anyhow::Result<()> {
    let waiting = {
        let mut conn = background.pool.get().await?;
        incoming::waiting(&mut conn, BATCH, background.clock.now()).await?
    };
    for mail in waiting {
        take(background, mail).await;
    }
    Ok(())
}

/// Understands an e-mail that is kept. What fails is tried again later: nothing is lost by it.
pub(super) async fn take(background: &Background, mail: IncomingId) {
    let way = (background.file_bytes, background.clock.now());
    let taken = incoming::take(&background.pool, &background.office, mail, way).await;
    match taken {
        Ok(Some(state)) => {
            tracing::info!(mail.id = mail.0, state = state.code(), "an e-mail arrived");
            background.bell.notify_one();
            background.scan_bell.notify_one();
        }
        Ok(None) => {}
        Err(error) => {
            tracing::error!(mail.id = mail.0, %error, "an e-mail waits to be understood");
        }
    }
}
