//! Work without a visitor: e-mails that leave, daily seals, drafts that expire.
//!
//! It runs beside the site or apart, on one node or several: rows are claimed, seals are locked.

mod daily;
mod keep_letters;
mod notices;
mod receive_mail;
mod scan_files;
mod send_mail;
mod sweep;
mod take_mail;

pub use receive_mail::Mailbox;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::calendar;
use crate::case::Office;
use crate::case::erase::Retention;
use crate::case::notices::Notices;
use crate::clock::Clock;
use crate::db::Pool;
use crate::files::Clamd;
use crate::keys::Key;
use crate::mail::Carrier;
use crate::settings::Live;
use crate::staff::StaffLimits;

/// What the background work needs.
#[derive(Clone)]
pub struct Background {
    /// Connections to the database.
    pub pool: Pool,
    /// The time.
    pub clock: Clock,
    /// Who carries the e-mails.
    pub carrier: Carrier,
    /// Opens the secrets of e-mails.
    pub outbox_key: Arc<Key>,
    /// Rung when an e-mail was queued.
    pub bell: Arc<Notify>,
    /// Who scans files, if anyone does.
    pub clamd: Option<Clamd>,
    /// Rung when a file waits to be scanned.
    pub scan_bell: Arc<Notify>,
    /// The mailbox that people write to, if there is one.
    pub mailbox: Option<Mailbox>,
    /// What the acts that an e-mail begins need to know.
    pub office: Arc<Office>,
    /// Largest file taken, in bytes.
    pub file_bytes: u64,
    /// Days after which files that wait for a message are erased.
    pub pending_file_days: u32,
    /// How long cases are kept once they are over.
    pub retention: Retention,
    /// Where e-mails are written for want of a relay.
    pub data_dir: PathBuf,
    /// When sessions of staff are over.
    pub staff_limits: StaffLimits,
    /// How staff are told what they must know.
    pub notices: Notices,
    /// What administrators set.
    pub settings: Arc<Live>,
    /// How long to sleep when nothing rings: other nodes ring elsewhere.
    pub nap: Duration,
}

/// The background work, running.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Tells a task when to stop: when asked to, or when nobody is left who could ask.
#[derive(Clone)]
struct Stop(watch::Receiver<bool>);

impl Stop {
    fn is_asked(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    async fn asked(&mut self) {
        // An error says that nobody is left.
        self.0.wait_for(|is_stopped| *is_stopped).await.ok();
    }
}

/// How long to wait between two looks at the calendar.
const DAILY_LOOK: Duration = Duration::from_mins(1);

/// Starts the background work on the current runtime.
pub fn start(background: Background) -> Running {
    let (stop, stopped) = watch::channel(false);
    let stopped = Stop(stopped);
    let mail = tokio::spawn(deliver(background.clone(), stopped.clone()));
    let scans = tokio::spawn(scan(background.clone(), stopped.clone()));
    let settings = tokio::spawn(read_settings(background.clone(), stopped.clone()));
    background.mailbox.iter().for_each(Mailbox::announce);
    let rooms = background.mailbox.iter().flat_map(Mailbox::rooms);
    let follow = |room| receive_mail::follow(background.clone(), room, stopped.clone());
    let mut tasks: Vec<_> = rooms.map(|room| tokio::spawn(follow(room))).collect();
    let daily = tokio::spawn(keep_house(background, stopped));
    tasks.extend([mail, scans, settings, daily]);
    Running { stop, tasks }
}

impl Running {
    /// Lets what is in hand finish, then stops.
    pub async fn finish(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a background task did not end well");
            }
        }
    }
}

async fn deliver(background: Background, mut stopped: Stop) {
    while !stopped.is_asked() {
        match send_mail::round(&background).await {
            Ok(n) if n > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "e-mails could not be delivered"),
        }
        // Once no e-mail waits: a letter is wanted soon, an e-mail at once.
        match keep_letters::round(&background).await {
            Ok(n) if n > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the letter of an e-mail could not be kept"),
        }
        tokio::select! {
            () = background.bell.notified() => {}
            () = tokio::time::sleep(background.nap) => {}
            () = stopped.asked() => {}
        }
    }
}

async fn scan(background: Background, mut stopped: Stop) {
    let Some(clamd) = background.clamd.clone() else {
        return;
    };
    while !stopped.is_asked() {
        match scan_files::round(&background, &clamd).await {
            Ok(n) if n > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "files could not be scanned"),
        }
        tokio::select! {
            () = background.scan_bell.notified() => {}
            () = tokio::time::sleep(background.nap) => {}
            () = stopped.asked() => {}
        }
    }
}

/// Follows what administrators set on other nodes.
async fn read_settings(background: Background, mut stopped: Stop) {
    while !stopped.is_asked() {
        if let Err(error) = reload(&background).await {
            tracing::warn!(%error, "the settings could not be read again");
        }
        tokio::select! {
            () = tokio::time::sleep(background.nap) => {}
            () = stopped.asked() => {}
        }
    }
}

async fn reload(background: &Background) -> anyhow::Result<()> {
    let mut conn = background.pool.get().await?;
    Ok(background.settings.reload(&mut conn).await?)
}

async fn keep_house(background: Background, mut stopped: Stop) {
    let mut swept_on = None;
    while !stopped.is_asked() {
        if let Err(error) = take_mail::round(&background).await {
            tracing::error!(%error, "e-mails wait to be understood");
        }
        if let Err(error) = daily::round(&background).await {
            tracing::error!(%error, "the daily work could not be done");
        }
        notices::round(&background).await;
        sweep(&background, &mut swept_on).await;
        tokio::select! {
            () = tokio::time::sleep(DAILY_LOOK) => {}
            () = stopped.asked() => {}
        }
    }
}

/// Removes what erased e-mails left in the folder, once a day.
async fn sweep(background: &Background, swept_on: &mut Option<NaiveDate>) {
    let today = calendar::paris_date(background.clock.now());
    if *swept_on == Some(today) {
        return;
    }
    match sweep::round(&background.pool, background.data_dir.clone()).await {
        Ok(n_removed) => {
            *swept_on = Some(today);
            tracing::debug!(n_removed, "files of erased e-mails removed");
        }
        Err(error) => tracing::error!(%error, "files of e-mails could not be removed"),
    }
}
