//! Brings in the e-mails of the mailbox: kept first, then understood, then marked as read.

use std::sync::Arc;
use std::time::Duration;

use diesel_async::AsyncConnection;

use crate::case::Nature;
use crate::case::incoming::{self, Fetched, IncomingId, Position, Reached, Stored, TakeError};
use crate::db::Conn;
use crate::jobs::{Background, Stop};
use crate::mail::mailbox::{Connection, Found, MailboxError, Place};

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
        take_waiting(background).await?;
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
        let found = open.look(reached.last_uid).await?;
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
    if !is_known && let Some(letter) = open.fetch(found.uid).await? {
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
            take(background, mail).await;
        }
    }
    if is_kept && !found.is_seen {
        open.mark_seen(found.uid).await?;
    }
    Ok(())
}

/// Takes what was kept and could not be taken then.
async fn take_waiting(background: &Background) -> Result<(), ReceiveError> {
    let waiting = {
        let conn: &mut Conn = &mut *background.pool.get().await?;
        incoming::waiting(conn, 20).await?
    };
    for mail in waiting {
        take(background, mail).await;
    }
    Ok(())
}

/// Understands an e-mail that is kept. What fails is tried again later: nothing is lost by it.
async fn take(background: &Background, mail: IncomingId) {
    let way = (background.file_bytes, background.clock.now());
    let taken = incoming::take(&background.pool, &background.office, mail, way).await;
    match taken {
        Ok(Some(state)) => {
            tracing::info!(mail.id = mail.0, state = state.code(), "an e-mail arrived");
            background.bell.notify_one();
            background.scan_bell.notify_one();
        }
        Ok(None) => {}
        Err(error) => tell(mail, &error),
    }
}

fn tell(mail: IncomingId, error: &TakeError) {
    tracing::error!(mail.id = mail.0, %error, "an e-mail waits to be understood");
}
