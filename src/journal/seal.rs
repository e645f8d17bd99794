//! The daily seal: one digest over every chain that changed since the seal before.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection, RunQueryDsl};
use sha2::{Digest, Sha256};

use crate::db::lock::{self, Lock};
use crate::db::schema::{journal_events, seal_leaves, seals};
use crate::db::{Conn, DbError};
use crate::journal::merkle::Merkle;
use crate::journal::{GENESIS, Hash, chain_hash};

/// A seal as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Counts up from 1.
    pub id: i64,
    /// Day it stands for, Paris calendar.
    pub sealed_on: NaiveDate,
    /// When it was made, UTC.
    pub sealed_at: DateTime<Utc>,
    /// Chains it covers.
    pub n_leaves: i64,
    /// Root over their last lines.
    pub merkle_root: Hash,
}

impl Sealed {
    /// SHA-256 of the seal before and of this seal's canonical bytes.
    pub fn hash(&self, before: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(before);
        hasher.update(b"reclamations.seal.1");
        hasher.update(self.id.to_be_bytes());
        hasher.update(self.sealed_on.to_string().as_bytes());
        hasher.update(self.sealed_at.timestamp_micros().to_be_bytes());
        hasher.update(self.n_leaves.to_be_bytes());
        hasher.update(self.merkle_root);
        hasher.finalize().into()
    }
}

/// Seals the day unless it is sealed already; several nodes may try at once.
///
/// Lines written after the seal belong to the next one: a tail cut off in between goes unnoticed.
///
/// # Errors
/// When the database fails.
pub async fn seal(
    conn: &mut Conn,
    sealed_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Option<Sealed>, DbError> {
    conn.transaction(async |conn| {
        lock::hold(conn, Lock::Seal).await?;
        let last: Option<(i64, NaiveDate, Vec<u8>)> = seals::table
            .order(seals::id.desc())
            .select((seals::id, seals::sealed_on, seals::hash))
            .first(conn)
            .await
            .optional()?;
        let (id, before) = match last {
            Some((_, last_on, _)) if sealed_on <= last_on => return Ok(None),
            Some((id, _, hash)) => (id.saturating_add(1), chain_hash(hash)?),
            None => (1, GENESIS),
        };
        cover_changed_chains(conn, id).await?;
        let tree = tree_of(conn, id).await?;
        let (n_leaves, merkle_root) = (tree.n_leaves(), tree.root());
        let sealed = Sealed {
            id,
            sealed_on,
            sealed_at: at,
            n_leaves,
            merkle_root,
        };
        insert(conn, &sealed, &before).await?;
        Ok(Some(sealed))
    })
    .await
}

/// Leaves read at once.
const BATCH: i64 = 10_000;

/// Records the last line of each chain that has grown since it was last sealed.
async fn cover_changed_chains(conn: &mut Conn, seal: i64) -> Result<(), DbError> {
    let already = seal_leaves::table
        .filter(seal_leaves::chain.eq(journal_events::chain))
        .filter(seal_leaves::seq.ge(journal_events::seq));
    journal_events::table
        .filter(diesel::dsl::not(diesel::dsl::exists(already)))
        .distinct_on(journal_events::chain)
        .order((journal_events::chain.asc(), journal_events::seq.desc()))
        .select((
            journal_events::chain,
            journal_events::seq,
            seal.into_sql::<BigInt>(),
            journal_events::hash,
        ))
        .insert_into(seal_leaves::table)
        .into_columns((
            seal_leaves::chain,
            seal_leaves::seq,
            seal_leaves::seal,
            seal_leaves::hash,
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The tree over a seal's leaves, in the order of their chains.
pub(super) async fn tree_of(conn: &mut Conn, seal: i64) -> Result<Merkle, DbError> {
    let mut tree = Merkle::default();
    let mut after = -1;
    loop {
        let leaves: Vec<(i64, i32, Vec<u8>)> = seal_leaves::table
            .filter(seal_leaves::seal.eq(seal).and(seal_leaves::chain.gt(after)))
            .order(seal_leaves::chain.asc())
            .limit(BATCH)
            .select((seal_leaves::chain, seal_leaves::seq, seal_leaves::hash))
            .load(conn)
            .await?;
        let Some((last, _, _)) = leaves.last() else {
            return Ok(tree);
        };
        after = *last;
        for (chain, seq, hash) in leaves {
            tree.add(chain, seq, &chain_hash(hash)?);
        }
    }
}

/// Records a seal.
pub(super) async fn insert(conn: &mut Conn, sealed: &Sealed, before: &Hash) -> Result<(), DbError> {
    diesel::insert_into(seals::table)
        .values((
            seals::id.eq(sealed.id),
            seals::sealed_on.eq(sealed.sealed_on),
            seals::sealed_at.eq(sealed.sealed_at),
            seals::n_leaves.eq(sealed.n_leaves),
            seals::merkle_root.eq(sealed.merkle_root.as_slice()),
            seals::hash.eq(sealed.hash(before).as_slice()),
        ))
        .execute(conn)
        .await
        .map(drop)
}
