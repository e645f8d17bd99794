//! A ZIP file written as it is sent: no more than one piece of it is in memory, and a slow reader
//! slows the writer down.

use std::io::{Error, Write};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::Bytes;
use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Europe::Paris;
use futures_util::stream::{self, Stream};
use tokio::sync::mpsc;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};

/// Pieces that wait for the reader.
const WAITING: usize = 2;
/// Bytes that make a piece worth sending.
const PIECE: usize = 64 * 1024;
/// Quick: photos and PDF files hardly shrink.
const LEVEL: i64 = 1;

/// Why the ZIP was broken off.
#[derive(Debug, thiserror::Error)]
pub(in crate::web) enum ZipBroken {
    /// The reader is gone.
    #[error("the reader is gone")]
    ReaderGone,
    /// The format cannot hold it.
    #[error("zip: {0}")]
    Format(#[from] ZipError),
    /// It could not be written.
    #[error("zip: {0}")]
    Write(#[from] Error),
}

/// What is written and not sent yet.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    /// Takes what is there, if it is worth sending or nothing more comes.
    fn take(&self, is_last: bool) -> Option<Bytes> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ready = held.len() >= PIECE || (is_last && !held.is_empty());
        is_ready.then(|| Bytes::from(std::mem::take(&mut *held)))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The end of a ZIP that is written to.
pub(in crate::web) struct Zip {
    writer: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
    to: mpsc::Sender<Result<Bytes, Error>>,
    options: SimpleFileOptions,
}

impl Zip {
    /// A ZIP whose entries bear the Paris time of `at`, and the stream it is read by.
    pub(in crate::web) fn begin(
        at: DateTime<Utc>,
    ) -> (Self, impl Stream<Item = Result<Bytes, Error>>) {
        let (to, mut from) = mpsc::channel(WAITING);
        let buffer = Buffer::default();
        let options = SimpleFileOptions::default()
            .compression_level(Some(LEVEL))
            .last_modified_time(moment(at));
        let zip = Self {
            writer: ZipWriter::new_stream(buffer.clone()),
            buffer,
            to,
            options,
        };
        (zip, stream::poll_fn(move |context| from.poll_recv(context)))
    }

    /// Begins an entry; what is pushed next is its content.
    pub(in crate::web) fn entry(&mut self, name: &str) -> Result<(), ZipBroken> {
        Ok(self.writer.start_file(name, self.options)?)
    }

    /// Adds to the entry, and waits for the reader.
    pub(in crate::web) async fn push(&mut self, bytes: &[u8]) -> Result<(), ZipBroken> {
        self.writer.write_all(bytes)?;
        self.send(false).await
    }

    /// A whole text; the mark at its beginning tells old programs that it is in UTF-8.
    pub(in crate::web) async fn text(&mut self, name: &str, text: &str) -> Result<(), ZipBroken> {
        self.entry(name)?;
        // Some readers of text need the mark; JSON has none.
        if !name.ends_with("json") {
            self.push("\u{feff}".as_bytes()).await?;
        }
        self.more(text).await
    }

    /// More of a text.
    pub(in crate::web) async fn more(&mut self, text: &str) -> Result<(), ZipBroken> {
        let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        self.push(text.as_bytes()).await
    }

    /// Writes the table of contents.
    pub(in crate::web) async fn finish(&mut self) -> Result<(), ZipBroken> {
        let over = ZipWriter::new_stream(Buffer::default());
        drop(std::mem::replace(&mut self.writer, over).finish()?);
        self.send(true).await
    }

    /// Breaks the ZIP off, so that nobody takes it for whole.
    pub(in crate::web) async fn break_off(&self) {
        let broken = Error::other("the archive was broken off");
        drop(self.to.send(Err(broken)).await);
    }

    async fn send(&self, is_last: bool) -> Result<(), ZipBroken> {
        match self.buffer.take(is_last) {
            Some(bytes) => {
                let is_read = self.to.send(Ok(bytes)).await.is_ok();
                is_read.then_some(()).ok_or(ZipBroken::ReaderGone)
            }
            None => Ok(()),
        }
    }
}

/// The Paris time, as entries bear it; the format begins in 1980.
fn moment(at: DateTime<Utc>) -> zip::DateTime {
    let paris = at.with_timezone(&Paris);
    let byte = |n: u32| u8::try_from(n).unwrap_or_default();
    zip::DateTime::from_date_and_time(
        u16::try_from(paris.year()).unwrap_or_default(),
        byte(paris.month()),
        byte(paris.day()),
        byte(paris.hour()),
        byte(paris.minute()),
        byte(paris.second()),
    )
    .unwrap_or_default()
}
