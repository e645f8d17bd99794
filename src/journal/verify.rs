//! Recomputing every chain and every seal, and naming the first line that does not fit.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::db::schema::{journal_events, seal_leaves, seals};
use crate::db::{Conn, DbError};
use crate::journal::queries::Row;
use crate::journal::seal::tree_of;
use crate::journal::{
    Actor, Entry, GENESIS, Hash, Recorded, SYSTEM_CHAIN, Sealed, append, chain_hash,
};

/// What was recomputed and found right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Chains.
    pub n_chains: u64,
    /// Lines.
    pub n_lines: u64,
    /// Seals.
    pub n_seals: u64,
}

/// The kind of that line.
pub(super) const VERIFIED: &str = "journal.verified";

/// Says in the system's chain that everything was recomputed and found right.
///
/// # Errors
/// When the database fails.
pub async fn record_verification(
    conn: &mut Conn,
    whole: &Verified,
    actor: Actor,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let entry = Entry::new(VERIFIED)
        .id("chains", count(whole.n_chains))
        .id("lines", count(whole.n_lines))
        .id("seals", count(whole.n_seals));
    conn.transaction(async |conn| append(conn, SYSTEM_CHAIN, entry, actor, at).await.map(drop))
        .await
}

/// The first thing that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A line is missing before this one.
    #[error("chain {chain}: line {expected} is missing (the next one is line {found})")]
    Missing {
        /// The chain.
        chain: i64,
        /// The line that should be there.
        expected: i32,
        /// The line found in its place.
        found: i32,
    },
    /// The line, or one before it, was changed after it was written.
    #[error("chain {chain}, line {seq}: the content does not match its hash")]
    Line {
        /// The chain.
        chain: i64,
        /// The line.
        seq: i32,
    },
    /// A sealed line is gone, or is not the one that was sealed.
    #[error("chain {chain}, line {seq}: not the line that seal {seal} covers")]
    Unsealed {
        /// The chain.
        chain: i64,
        /// The line.
        seq: i32,
        /// The seal.
        seal: i64,
    },
    /// The seal, its leaves or a seal before it were changed.
    #[error("seal {seal}: the content does not match its hash")]
    Seal {
        /// The seal.
        seal: i64,
    },
    /// The check itself could not be carried out.
    #[error("the journal could not be read: {0}")]
    Database(#[from] DbError),
}

/// Lines read at once.
const BATCH: i64 = 5_000;

/// Recomputes every chain, then every seal.
///
/// A tail cut off after the last seal leaves no trace in the journal and is not detected.
///
/// # Errors
/// The first thing that does not fit, or the database's failure.
pub async fn verify(conn: &mut Conn) -> Result<Verified, Broken> {
    let mut verified = verify_chains(conn).await?;
    verify_leaves(conn).await?;
    verified.n_seals = verify_seals(conn).await?;
    Ok(verified)
}

async fn verify_chains(conn: &mut Conn) -> Result<Verified, Broken> {
    let mut verified = Verified::default();
    let (mut chain, mut seq, mut before) = (-1, 0, GENESIS);
    loop {
        let rows: Vec<Row> = journal_events::table
            // As a row: one range of the key, where `OR` would walk it from its beginning.
            .filter(
                sql::<Bool>("(chain, seq) > (")
                    .bind::<BigInt, _>(chain)
                    .sql(", ")
                    .bind::<Integer, _>(seq)
                    .sql(")"),
            )
            .order((journal_events::chain.asc(), journal_events::seq.asc()))
            .limit(BATCH)
            .select(Row::as_select())
            .load(conn)
            .await?;
        if rows.is_empty() {
            return Ok(verified);
        }
        for row in rows {
            let Recorded { line, hash } = Recorded::try_from(row)?;
            if line.chain != chain {
                (chain, seq, before) = (line.chain, 0, GENESIS);
                verified.n_chains = verified.n_chains.saturating_add(1);
            }
            let expected = seq.saturating_add(1);
            if line.seq != expected {
                return Err(Broken::Missing {
                    chain,
                    expected,
                    found: line.seq,
                });
            }
            if line.hash(&before) != hash {
                return Err(Broken::Line {
                    chain,
                    seq: line.seq,
                });
            }
            (seq, before) = (line.seq, hash);
            verified.n_lines = verified.n_lines.saturating_add(1);
        }
    }
}

/// Every sealed line must still be there, the same.
async fn verify_leaves(conn: &mut Conn) -> Result<(), Broken> {
    let same_line = journal_events::table
        .filter(journal_events::chain.eq(seal_leaves::chain))
        .filter(journal_events::seq.eq(seal_leaves::seq))
        .filter(journal_events::hash.eq(seal_leaves::hash));
    let odd: Option<(i64, i32, i64)> = seal_leaves::table
        .filter(diesel::dsl::not(diesel::dsl::exists(same_line)))
        .order((seal_leaves::chain.asc(), seal_leaves::seq.asc()))
        .select((seal_leaves::chain, seal_leaves::seq, seal_leaves::seal))
        .first(conn)
        .await
        .optional()?;
    match odd {
        Some((chain, seq, seal)) => Err(Broken::Unsealed { chain, seq, seal }),
        None => Ok(()),
    }
}

async fn verify_seals(conn: &mut Conn) -> Result<u64, Broken> {
    type SealRow = (i64, NaiveDate, DateTime<Utc>, i64, Vec<u8>, Vec<u8>);
    let rows: Vec<SealRow> = seals::table.order(seals::id.asc()).load(conn).await?;
    let (mut before, mut n_seals): (Hash, u64) = (GENESIS, 0);
    for (id, sealed_on, sealed_at, n_leaves, merkle_root, hash) in rows {
        let merkle_root = chain_hash(merkle_root)?;
        let sealed = Sealed {
            id,
            sealed_on,
            sealed_at,
            n_leaves,
            merkle_root,
        };
        let tree = tree_of(conn, id).await?;
        let is_whole = tree.root() == merkle_root && tree.n_leaves() == n_leaves;
        let hash = chain_hash(hash)?;
        n_seals = n_seals.saturating_add(1);
        let is_next = u64::try_from(id) == Ok(n_seals);
        if !is_next || !is_whole || sealed.hash(&before) != hash {
            return Err(Broken::Seal { seal: id });
        }
        before = hash;
    }
    Ok(n_seals)
}
