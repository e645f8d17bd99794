//! Starts the private server again when it dies under a program that uses it.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::db::embedded::locks::Transition;
use crate::db::embedded::{EmbeddedError, Server, postmaster};

/// Pause between two looks at the server.
const LOOK: Duration = Duration::from_secs(1);
/// Longest pause after starts that failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl Server {
    /// Watches over the server until `stopped` holds true: one that died is started again, one that
    /// cannot be started is tried again after pauses that grow to five seconds: a try costs little, and
    /// the site is down meanwhile.
    ///
    /// A start in hand is finished first, so that a share given back afterwards stops what it
    /// started.
    pub async fn keep_running(&self, mut stopped: watch::Receiver<bool>) {
        let mut pause = LOOK;
        loop {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stopped.wait_for(|is_stopped| *is_stopped) => return,
            }
            if postmaster::running(&self.place).is_some() {
                pause = LOOK;
                continue;
            }
            tracing::warn!("the private PostgreSQL has died: starting it again");
            match self.start_again().await {
                Ok(()) => {
                    tracing::info!("the private PostgreSQL is back");
                    pause = LOOK;
                }
                Err(error) => {
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    let seconds = pause.as_secs();
                    tracing::error!(%error, seconds, "the private PostgreSQL does not start");
                }
            }
        }
    }

    /// Starts it unless another process of ours did meanwhile.
    async fn start_again(&self) -> Result<(), EmbeddedError> {
        let folder = self.folder.clone();
        let transition = spawn_blocking(move || Transition::begin(&folder)).await??;
        let started = self.get_ready().await;
        drop(transition);
        started
    }
}
