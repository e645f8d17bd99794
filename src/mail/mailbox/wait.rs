//! Waiting for what arrives in a folder.

use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::types::UnsolicitedResponse;

use super::connection::{Connection, MailboxError, PATIENCE, in_time};

impl Connection {
    /// Whether the server told of an arrival beside its answers, since this was last asked: it does not
    /// tell of it again.
    fn was_told(&self) -> bool {
        let told = std::iter::from_fn(|| self.session.unsolicited_responses.try_recv().ok());
        told.filter(|told| matches!(told, UnsolicitedResponse::Exists(_)))
            .count()
            > 0
    }

    /// Waits until something happens in the folder, or `longest` has passed.
    ///
    /// # Errors
    /// When the server is gone.
    pub async fn wait(mut self, longest: Duration) -> Result<Self, MailboxError> {
        if self.was_told() {
            return Ok(self);
        }
        if !self.can_idle {
            tokio::time::sleep(longest).await;
            in_time(PATIENCE, self.session.noop()).await??;
            return Ok(self);
        }
        let mut idle = self.session.idle();
        in_time(PATIENCE, idle.init()).await??;
        let (waiting, stop) = idle.wait_with_timeout(longest);
        let waited = waiting.await;
        drop(stop);
        match waited? {
            // The stream has ended: nobody interrupts it otherwise.
            IdleResponse::ManualInterrupt => return Err(MailboxError::Broken),
            IdleResponse::Timeout | IdleResponse::NewData(_) => {}
        }
        self.session = in_time(PATIENCE, idle.done()).await??;
        Ok(self)
    }
}
