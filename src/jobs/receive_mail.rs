//! Brings in the e-mails of the mailbox: kept first, then understood, then marked as read.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;

use crate::case::Nature;
use crate::case::incoming::{self, Fetched, Position, Reached, SteppedOver, Stored};
use crate::jobs::{Background, Stop, take_mail};
use crate::mail::mailbox::{Connection, Found, Letter, MailboxError, Place};

/// The mailbox that people write to.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Where it is.
    pub place: Place,
    /// Its folders that are read, and what each says its e-mails are.
    pub folders: Vec<(String, Option<Nature>)>,
}

/// One folder of the mailbox.
#[derive(Clone)]
pub(super) struct Room {
    place: Arc<Place>,
    mailbox: String,
    folder: String,
    nature: Option<Nature>,
}

/// Longest wait for the server to tell of something before the folder is looked at all the same.
const LOOK: Duration = Duration::from_secs(50);
/// The first pause after a failure; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);
/// E-mails brought in before the folder is looked at again.
const BATCH: usize = 50;

/// Why the e-mails of a folder could not be brought in now.
#[derive(Debug, thiserror::Error)]
enum ReceiveError {
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    #[error(transparent)]
    Database(#[from] crate::db::DbError),
    #[error(transparent)]
    Unavailable(#[from] crate::db::PoolError),
}

impl Mailbox {
    /// Its folders, as the database names them: mailbox and name.
    pub fn names(&self) -> Vec<(String, String)> {
        let mailbox = self.place.name();
        let folders = self.folders.iter();
        folders
            .map(|(folder, _)| (mailbox.clone(), folder.clone()))
            .collect()
    }

    /// Says in the log what is read.
    pub(super) fn announce(&self) {
        let folders: Vec<&str> = self.folders.iter().map(|(name, _)| name.as_str()).collect();
        let (mailbox, folders) = (self.place.name(), folders.join(", "));
        tracing::info!(mailbox, folders, "the mailbox is read");
    }

    pub(super) fn rooms(&self) -> Vec<Room> {
        let place = Arc::new(self.place.clone());
        let folders = self.folders.iter();
        folders
            .map(|(folder, nature)| Room {
                mailbox: place.name(),
                place: Arc::clone(&place),
                folder: folder.clone(),
                nature: *nature,
            })
            .collect()
    }
}

impl Room {
    fn key(&self) -> (&str, &str) {
        (&self.mailbox, &self.folder)
    }
}

/// Follows a folder until asked to stop.
pub(super) async fn follow(background: Background, room: Room, mut stopped: Stop) {
    let mut pause = FIRST_PAUSE;
    while !stopped.is_asked() {
        let visited = Box::pin(visit(&background, &room, &mut pause, &mut stopped)).await;
        let Err(error) = visited else { return };
        note(&background, &room, &error).await;
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stopped.asked() => return,
        }
        pause = (2 * pause).min(LONGEST_PAUSE);
    }
}

async fn note(background: &Background, room: &Room, error: &ReceiveError) {
    let cause = match error {
        ReceiveError::Mailbox(error) => error.failure(),
        ReceiveError::Database(_) | ReceiveError::Unavailable(_) => {
            tracing::error!(folder = room.folder, %error, "e-mails could not be kept");
            return;
        }
    };
    tracing::warn!(folder = room.folder, %error, "the mailbox cannot be read");
    let noted = async {
        let mut conn = background.pool.get().await?;
        let at = background.clock.now();
        incoming::failed(&mut conn, room.key(), cause, at).await?;
        Ok::<_, ReceiveError>(())
    };
    if let Err(error) = noted.await {
        tracing::error!(%error, "a failure of the mailbox could not be noted");
    }
}

/// Opens the folder, brings in what is there, and waits for more, until asked to stop or something
/// fails. Only what waits for the server is broken off: an e-mail in hand is finished.
async fn visit(
    background: &Background,
    room: &Room,
    pause: &mut Duration,
    stopped: &mut Stop,
) -> Result<(), ReceiveError> {
    let mut open = tokio::select! {
        opened = Connection::open(&room.place, &room.folder) => opened?,
        () = stopped.asked() => return Ok(()),
    };
    while !stopped.is_asked() {
        let is_more = bring_in(background, room, &mut open, stopped).await?;
        *pause = FIRST_PAUSE;
        if !is_more {
            open = tokio::select! {
                waited = open.wait(LOOK) => waited?,
                () = stopped.asked() => return Ok(()),
            };
        }
    }
    open.close().await;
    Ok(())
}

/// Keeps what is new, one node at a time; whether there is more.
async fn bring_in(
    background: &Background,
    room: &Room,
    open: &mut Connection,
    stopped: &Stop,
) -> Result<bool, ReceiveError> {
    let mut conn = background.pool.get().await?;
    conn.transaction(async |conn| {
        if !incoming::is_ours(conn, room.key()).await? {
            return Ok(false);
        }
        let before = incoming::folder(conn, room.key()).await?;
        let reached = before
            .filter(|reached| reached.uid_validity == open.uid_validity())
            // What others read before we came is not ours.
            .unwrap_or(Reached {
                uid_validity: open.uid_validity(),
                last_uid: open.last_uid(),
            });
        let over = incoming::stepped_over(conn, room.key(), open.uid_validity()).await?;
        let found = open.look(reached.last_uid).await?;
        let found = due(found, &over, background.clock.now());
        let is_more = found.len() > BATCH;
        let mut last_uid = reached.last_uid;
        for one in found.into_iter().take(BATCH) {
            if stopped.is_asked() {
                break;
            }
            bring_in_one(background, room, open, one).await?;
            last_uid = last_uid.max(one.uid);
        }
        let reached = Reached {
            last_uid,
            ..reached
        };
        incoming::reached(conn, room.key(), reached, background.clock.now()).await?;
        Ok(is_more)
    })
    .await
}

/// What is to be fetched now: what was found but what is stepped over, and last what was and is due again.
fn due(mut found: Vec<Found>, over: &[SteppedOver], now: DateTime<Utc>) -> Vec<Found> {
    found.retain(|one| over.iter().all(|known| known.uid != one.uid));
    let again = over.iter().filter(|one| one.next_attempt_at <= now);
    found.extend(again.map(|one| Found {
        uid: one.uid,
        is_seen: false,
    }));
    found
}

/// Keeps one e-mail, understands it, and marks it as read; each is certain before the next.
async fn bring_in_one(
    background: &Background,
    room: &Room,
    open: &mut Connection,
    found: Found,
) -> Result<(), ReceiveError> {
    let position = Position {
        mailbox: &room.mailbox,
        folder: &room.folder,
        uid_validity: open.uid_validity(),
        uid: found.uid,
    };
    let at = background.clock.now();
    let is_known = {
        let mut conn = background.pool.get().await?;
        incoming::is_known(&mut conn, position).await?
    };
    let mut is_kept = is_known;
    if !is_known && let Some(letter) = fetch(background, open, position).await? {
        let fetched = Fetched {
            position,
            nature: room.nature,
            raw: &letter.raw,
            size: letter.size,
            received_at: letter.received_at.unwrap_or(at),
        };
        let stored = {
            let mut conn: crate::db::PooledConn = background.pool.get().await?;
            incoming::store(&mut conn, &fetched, at).await?
        };
        drop(letter);
        is_kept = true;
        if let Stored::Now(mail) = stored {
            take_mail::take(background, mail).await;
        }
    }
    incoming::given(&mut *background.pool.get().await?, position).await?;
    if is_kept && !found.is_seen {
        open.mark_seen(found.uid).await?;
    }
    Ok(())
}

/// Fetches an e-mail; none when it is gone. That it is not given is noted.
async fn fetch(
    background: &Background,
    open: &mut Connection,
    position: Position<'_>,
) -> Result<Option<Letter>, ReceiveError> {
    match open.fetch(position.uid).await {
        Ok(letter) => Ok(letter),
        Err(error) => {
            let mut conn = background.pool.get().await?;
            incoming::refused(&mut conn, position, background.clock.now()).await?;
            Err(error.into())
        }
    }
}
