//! Asks a `clamd` of `ClamAV` what it thinks of a file: the INSTREAM command over TCP.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::files::ReadError;

/// Longest wait for a connection.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Longest time a whole scan may take.
const SCAN_WITHIN: Duration = Duration::from_mins(2);
/// Longest answer that is read, in bytes.
const MAX_REPLY: u64 = 4_096;

/// Where the scanner is.
#[derive(Clone, Debug)]
pub struct Clamd {
    address: String,
}

/// What the scanner found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// Something; which one stays out of our database.
    Infected,
}

/// Why a file was not scanned: it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Nobody answers, or the connection broke.
    #[error("clamd does not answer: {0}")]
    Away(#[from] std::io::Error),
    /// It took too long.
    #[error("clamd takes too long")]
    Slow,
    /// It answered something else than a verdict.
    #[error("clamd refuses: {0}")]
    Refused(String),
    /// The file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Clamd {
    /// The scanner at `host:port`; it is asked for nothing yet.
    pub fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
        }
    }

    /// Sends the pieces of a file and reads the verdict.
    ///
    /// # Errors
    /// When there is none.
    pub async fn scan(
        &self,
        pieces: impl Stream<Item = Result<Vec<u8>, ReadError>>,
    ) -> Result<Verdict, ScanError> {
        timeout(SCAN_WITHIN, self.ask(pieces))
            .await
            .unwrap_or(Err(ScanError::Slow))
    }

    async fn ask(
        &self,
        pieces: impl Stream<Item = Result<Vec<u8>, ReadError>>,
    ) -> Result<Verdict, ScanError> {
        let connecting = timeout(CONNECT_WITHIN, TcpStream::connect(&self.address));
        let mut clamd = connecting.await.map_err(|_late| ScanError::Slow)??;
        let sent = send(&mut clamd, pieces).await;
        if let Err(ScanError::Read(error)) = sent {
            return Err(error.into());
        }
        // It may refuse before it has read all: what it says tells more than the broken pipe.
        let mut reply = Vec::new();
        let read = (&mut clamd).take(MAX_REPLY).read_to_end(&mut reply).await;
        if reply.is_empty() {
            sent?;
            read?;
        }
        parse(&String::from_utf8_lossy(&reply))
    }
}

async fn send(
    clamd: &mut TcpStream,
    pieces: impl Stream<Item = Result<Vec<u8>, ReadError>>,
) -> Result<(), ScanError> {
    clamd.write_all(b"zINSTREAM\0").await?;
    let mut pieces = std::pin::pin!(pieces);
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        let length = u32::try_from(piece.len()).map_err(std::io::Error::other)?;
        clamd.write_u32(length).await?;
        clamd.write_all(&piece).await?;
    }
    clamd.write_u32(0).await?;
    clamd.flush().await?;
    Ok(())
}

/// `stream: OK`, `stream: Name FOUND`, or anything else.
fn parse(reply: &str) -> Result<Verdict, ScanError> {
    let reply = reply.trim_end_matches(['\0', '\n']);
    if reply == "stream: OK" {
        Ok(Verdict::Clean)
    } else if reply.starts_with("stream: ") && reply.ends_with(" FOUND") {
        Ok(Verdict::Infected)
    } else {
        Err(ScanError::Refused(reply.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_verdict_is_one() {
        assert_eq!(parse("stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(
            parse("stream: Eicar-Test FOUND\0").unwrap(),
            Verdict::Infected
        );
        for other in [
            "",
            "INSTREAM size limit exceeded. ERROR",
            "OK",
            "PONG",
            "stream: X ERROR",
        ] {
            assert!(
                matches!(parse(other), Err(ScanError::Refused(_))),
                "{other}"
            );
        }
    }
}
