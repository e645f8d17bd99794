//! Bulk writing: rows in the binary format of COPY, several tables in one transaction.

use std::io::Cursor;
use std::pin::pin;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::SinkExt;
use tokio::runtime::Handle;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::db::connect;

/// Bulk writing failed; nothing of its transaction stays.
#[derive(Debug, thiserror::Error)]
#[error("bulk writing: {0}")]
pub struct CopyError(String);

impl From<tokio_postgres::Error> for CopyError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self(connect::words(&error))
    }
}

/// A table and the columns to be written, in the order of [`Row::put`].
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name.
    pub table: &'static str,
    /// Names of its columns.
    pub columns: &'static [&'static str],
}

impl Target {
    fn statement(&self) -> String {
        let columns = self.columns.join(", ");
        format!(
            "COPY {} ({columns}) FROM STDIN WITH (FORMAT binary)",
            self.table
        )
    }
}

/// Rows that wait to be written to one table.
#[derive(Debug)]
pub struct Rows {
    target: Target,
    bytes: Vec<u8>,
    count: u64,
}

/// What every binary COPY begins with: a signature, no flag, no extension.
const HEADER: &[u8; 19] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// What every binary COPY ends with.
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

impl Rows {
    /// No row yet.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            bytes: HEADER.to_vec(),
            count: 0,
        }
    }

    /// Begins a row; its values follow, one for each column of the target.
    pub fn row(&mut self) -> Row<'_> {
        let n_columns = i16::try_from(self.target.columns.len()).unwrap_or(i16::MAX);
        self.bytes.extend(n_columns.to_be_bytes());
        self.count = self.count.saturating_add(1);
        Row(&mut self.bytes)
    }
}

/// A row being written. PostgreSQL refuses one that has too few values or a value of another type.
#[derive(Debug)]
pub struct Row<'a>(&'a mut Vec<u8>);

impl Row<'_> {
    /// Writes the value of the next column.
    #[expect(
        clippy::return_self_not_must_use,
        clippy::needless_pass_by_value,
        reason = "a chain of small values, whose last one is followed by nothing"
    )]
    pub fn put(self, value: impl Field) -> Self {
        value.write(self.0);
        self
    }
}

/// A value in the binary format of its PostgreSQL type.
pub trait Field {
    /// Appends its length and its bytes.
    fn write(&self, out: &mut Vec<u8>);
}

fn bytes(out: &mut Vec<u8>, value: &[u8]) {
    out.extend(i32::try_from(value.len()).unwrap_or(i32::MAX).to_be_bytes());
    out.extend_from_slice(value);
}

macro_rules! field {
    ($( $type:ty => |$value:ident| $bytes:expr; )+) => { $(
        impl Field for $type {
            fn write(&self, out: &mut Vec<u8>) {
                let $value = self;
                bytes(out, $bytes);
            }
        }
    )+ };
}

field! {
    bool => |value| &[u8::from(*value)];
    i16 => |value| &value.to_be_bytes();
    i32 => |value| &value.to_be_bytes();
    i64 => |value| &value.to_be_bytes();
    &str => |value| value.as_bytes();
    &String => |value| value.as_bytes();
    &[u8] => |value| value;
    Uuid => |value| value.as_bytes();
    NaiveDate => |value| &days_since_2000(*value).to_be_bytes();
    DateTime<Utc> => |value| &micros_since_2000(*value).to_be_bytes();
}

/// Numbers of a `bigint[]`.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'a>(pub &'a [i64]);

/// The type `bigint` in the catalogue of PostgreSQL.
const BIGINT: i32 = 20;

impl Field for Numbers<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let count = i32::try_from(self.0.len()).unwrap_or(i32::MAX);
        // One dimension, no null, what it holds, how many, counted from one.
        let mut value: Vec<u8> = [1, 0, BIGINT, count, 1]
            .into_iter()
            .flat_map(i32::to_be_bytes)
            .collect();
        for number in self.0 {
            number.write(&mut value);
        }
        bytes(out, &value);
    }
}

/// Lexemes of a `tsvector` without positions, in any order, each once.
#[derive(Clone, Copy, Debug)]
pub struct Lexemes<'a>(pub &'a [&'a str]);

impl Field for Lexemes<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let mut value = Vec::with_capacity(self.0.len().saturating_mul(12));
        value.extend(
            i32::try_from(self.0.len())
                .unwrap_or(i32::MAX)
                .to_be_bytes(),
        );
        for lexeme in self.0 {
            value.extend_from_slice(lexeme.as_bytes());
            // The end of the lexeme, and its number of positions.
            value.extend([0, 0, 0]);
        }
        bytes(out, &value);
    }
}

impl<T: Field> Field for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend((-1_i32).to_be_bytes()),
        }
    }
}

/// 1 January 2000 in days of the Gregorian calendar since its year 1.
const DAYS_TO_2000: i32 = 730_120;
/// 1 January 2000 in microseconds since 1970.
const MICROS_TO_2000: i64 = 946_684_800_000_000;

fn days_since_2000(date: NaiveDate) -> i32 {
    use chrono::Datelike;
    date.num_days_from_ce().saturating_sub(DAYS_TO_2000)
}

fn micros_since_2000(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros().saturating_sub(MICROS_TO_2000)
}

/// What is written is safe once something else is committed after it.
const BULK: &str = "SET reclamations.bulk = on; SET synchronous_commit = off";

/// A connection that writes in bulk.
#[derive(Debug)]
pub struct CopyConn(Client);

impl CopyConn {
    /// Opens one, driven by the current runtime. Its rows come with the words they are found by: the
    /// triggers that keep those stay quiet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(url: &str) -> Result<Self, CopyError> {
        let failed = |error: diesel::ConnectionError| CopyError(error.to_string());
        let settings = connect::parse(url).map_err(failed)?;
        let client = connect::client(&settings, &Handle::current()).await;
        let client = client.map_err(failed)?;
        client.batch_execute(BULK).await?;
        Ok(Self(client))
    }

    /// Writes every table in one transaction, in their order: a row comes after those it refers to.
    ///
    /// # Errors
    /// When the database refuses a row or fails: nothing is written then.
    pub async fn write(&mut self, tables: Vec<Rows>) -> Result<(), CopyError> {
        let transaction = self.0.transaction().await?;
        for mut rows in tables.into_iter().filter(|rows| rows.count > 0) {
            rows.bytes.extend(TRAILER);
            let statement = rows.target.statement();
            let sink = transaction.copy_in(statement.as_str()).await?;
            let mut sink = pin!(sink);
            sink.send(Cursor::new(rows.bytes)).await?;
            let n_written = sink.finish().await?;
            if n_written != rows.count {
                return Err(CopyError(format!("{n_written} rows of {}", rows.count)));
            }
        }
        transaction.commit().await?;
        Ok(())
    }
}
