//! One open folder of the mailbox. Every answer of the server is bounded in time, and asked for by
//! pieces that are bounded in size.

use std::fmt::Debug;
use std::time::Duration;

use async_imap::error::Error as ImapError;
use async_imap::{Client, Session};
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use secrecy::ExposeSecret;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::mail::incoming::{HEAD, LARGEST};
use crate::mail::mailbox::{Failure, Place, utf7};

/// Longest wait for an answer of the server.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// Longest wait for an e-mail.
const FETCH_PATIENCE: Duration = Duration::from_mins(5);

/// Why the mailbox cannot be read now.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// No way to the server.
    #[error("the server cannot be reached: {0}")]
    Unreachable(std::io::Error),
    /// Nobody vouches for the server, or not under this name.
    #[error("the server's certificate cannot be trusted: {0}")]
    Untrusted(std::io::Error),
    /// It refuses the user or the password.
    #[error("the server refuses the user or the password")]
    Refused,
    /// There is no such folder, or it cannot be opened.
    #[error("the folder cannot be opened")]
    NoFolder,
    /// It answered too late, or something else.
    #[error("the server answered too late, or not as expected")]
    Broken,
}

impl MailboxError {
    /// What staff are told of it.
    pub const fn failure(&self) -> Failure {
        match self {
            Self::Unreachable(_) => Failure::Unreachable,
            Self::Untrusted(_) => Failure::Untrusted,
            Self::Refused => Failure::Refused,
            Self::NoFolder => Failure::NoFolder,
            Self::Broken => Failure::Broken,
        }
    }
}

impl From<ImapError> for MailboxError {
    /// What a server says may name people: it is not kept.
    fn from(_: ImapError) -> Self {
        Self::Broken
    }
}

/// What carries the words of the server, encrypted or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

pub(super) type Open = Session<Box<dyn Wire>>;

/// A folder that is open.
pub struct Connection {
    pub(super) session: Open,
    uid_validity: u32,
    uid_next: u32,
    pub(super) can_idle: bool,
}

/// An e-mail to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub uid: u32,
    /// Whether someone has read it already.
    pub is_seen: bool,
}

/// An e-mail as the server has it.
pub struct Letter {
    /// Its bytes, or their beginning; at least one.
    pub raw: Vec<u8>,
    /// Bytes of the whole.
    pub size: u64,
    /// When the server took it.
    pub received_at: Option<DateTime<Utc>>,
}

impl Connection {
    /// Connects, signs in and opens a folder.
    ///
    /// # Errors
    /// When the mailbox cannot be read now.
    pub async fn open(place: &Place, folder: &str) -> Result<Self, MailboxError> {
        let wire = in_time(PATIENCE, connect(place)).await??;
        let mut client = Client::new(wire);
        let greeting = in_time(PATIENCE, client.read_response()).await?;
        greeting
            .map_err(MailboxError::Unreachable)?
            .ok_or(MailboxError::Broken)?;
        let password = place.password.expose_secret();
        let signed_in = in_time(PATIENCE, client.login(&place.user, password)).await?;
        let mut session = signed_in.map_err(|(error, _)| said_no(&error, MailboxError::Refused))?;
        let can_idle = in_time(PATIENCE, session.capabilities())
            .await??
            .has_str("IDLE");
        let selected = in_time(PATIENCE, session.select(utf7::encoded(folder))).await?;
        let selected = selected.map_err(|error| said_no(&error, MailboxError::NoFolder))?;
        Ok(Self {
            session,
            uid_validity: selected.uid_validity.unwrap_or_default(),
            uid_next: selected.uid_next.unwrap_or(1),
            can_idle,
        })
    }

    /// For how long the numbers mean the same.
    pub const fn uid_validity(&self) -> u32 {
        self.uid_validity
    }

    /// The number before that of the next e-mail, when the folder was opened.
    pub const fn last_uid(&self) -> u32 {
        self.uid_next.saturating_sub(1)
    }

    /// The e-mails that nobody has read, and those after this number, in their order.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn look(&mut self, after: u32) -> Result<Vec<Found>, MailboxError> {
        let unseen = self.search("UNSEEN".to_owned()).await?;
        let next = self
            .search(format!("UID {}:*", after.saturating_add(1)))
            .await?;
        // « n:* » names the last one even when its number is lower.
        let next = next.into_iter().filter(|uid| *uid > after);
        let mut uids: Vec<u32> = unseen.iter().copied().chain(next).collect();
        uids.sort_unstable();
        uids.dedup();
        let found = |uid| Found {
            uid,
            is_seen: !unseen.contains(&uid),
        };
        Ok(uids.into_iter().map(found).collect())
    }

    async fn search(&mut self, query: String) -> Result<Vec<u32>, MailboxError> {
        let found = in_time(PATIENCE, self.session.uid_search(query)).await??;
        Ok(found.into_iter().collect())
    }

    /// An e-mail, without marking it; none when it is gone. Of one larger than [`LARGEST`], the
    /// beginning.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn fetch(&mut self, uid: u32) -> Result<Option<Letter>, MailboxError> {
        let about = self.ask(uid, "(UID RFC822.SIZE INTERNALDATE)").await?;
        let Some(about) = about.into_iter().find(|fetch| fetch.size.is_some()) else {
            return self.nothing_of(uid).await;
        };
        let size = about.size.map_or(0, u64::from);
        let wanted = if size <= LARGEST { LARGEST } else { HEAD };
        let query = format!("(UID BODY.PEEK[]<0.{wanted}>)");
        let fetched = self.ask(uid, &query).await?;
        let Some(raw) = fetched.iter().find_map(|fetch| fetch.body()) else {
            return self.nothing_of(uid).await;
        };
        let length = usize::try_from(wanted).unwrap_or(usize::MAX);
        let raw = raw.get(..length.min(raw.len())).unwrap_or_default();
        let n_bytes = u64::try_from(raw.len()).unwrap_or(u64::MAX);
        Ok(Some(Letter {
            // One without a byte is kept as a blank line.
            raw: if raw.is_empty() {
                b"\r\n".to_vec()
            } else {
                raw.to_vec()
            },
            // Some servers count line ends otherwise: what was not cut is whole.
            size: if n_bytes < wanted {
                n_bytes.max(2)
            } else {
                size.max(n_bytes)
            },
            received_at: about.internal_date().map(|at| at.to_utc()),
        }))
    }

    async fn ask(
        &mut self,
        uid: u32,
        query: &str,
    ) -> Result<Vec<async_imap::types::Fetch>, MailboxError> {
        let fetched = async {
            let stream = self.session.uid_fetch(uid.to_string(), query).await?;
            stream.try_collect().await
        };
        Ok(in_time(FETCH_PATIENCE, fetched).await??)
    }

    /// Marks an e-mail as read.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn mark_seen(&mut self, uid: u32) -> Result<(), MailboxError> {
        let marked = async {
            let stream = self
                .session
                .uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)")
                .await?;
            stream.try_collect::<Vec<_>>().await
        };
        in_time(PATIENCE, marked).await??;
        Ok(())
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        // The server notices by itself if it does not hear it.
        in_time(PATIENCE, self.session.logout()).await.ok();
    }
}

/// What it means that the server said no, if it did.
fn said_no(error: &ImapError, meaning: MailboxError) -> MailboxError {
    if matches!(
        error,
        ImapError::No(_) | ImapError::Bad(_) | ImapError::Validate(_)
    ) {
        meaning
    } else {
        MailboxError::Broken
    }
}

async fn connect(place: &Place) -> Result<Box<dyn Wire>, MailboxError> {
    let server = (place.host.trim_matches(['[', ']']), place.port);
    let stream = TcpStream::connect(server)
        .await
        .map_err(MailboxError::Unreachable)?;
    let Some((settings, name)) = &place.tls else {
        return Ok(Box::new(stream));
    };
    let encrypted = TlsConnector::from(settings.clone()).connect(name.clone(), stream);
    Ok(Box::new(encrypted.await.map_err(unencrypted)?))
}

/// Why the server could not be spoken to encrypted.
fn unencrypted(error: std::io::Error) -> MailboxError {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    if let Some(rustls::Error::InvalidCertificate(_)) = cause {
        MailboxError::Untrusted(error)
    } else {
        MailboxError::Unreachable(error)
    }
}

pub(super) async fn in_time<T>(
    longest: Duration,
    what: impl Future<Output = T>,
) -> Result<T, MailboxError> {
    timeout(longest, what)
        .await
        .map_err(|_late| MailboxError::Broken)
}
