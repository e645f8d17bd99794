//! Batches of cases, made on the blocking threads and written over several connections.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task::{JoinSet, spawn_blocking};

use crate::case::{Nature, Status};
use crate::db::copy::CopyConn;
use crate::db::{self, Conn};
use crate::demo::DemoError;
use crate::demo::lexicon::Lexicon;
use crate::demo::tables::Tables;
use crate::demo::tale::{self, World};

/// Cases of one transaction: some megabytes.
const BATCH: u64 = 500;
/// Connections that write at once.
const WRITERS: usize = 3;

/// How many cases of each nature stand in each state.
type Counts = HashMap<(Nature, Status), u64>;

/// Makes every case and writes it; a few batches at most are in memory.
pub(super) async fn write(url: &str, world: &Arc<World>) -> Result<Counts, DemoError> {
    let next_batch = Arc::new(AtomicU64::new(0));
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let conns = (CopyConn::open(url).await?, db::connect(url).await?);
        writers.spawn(write_batches(
            conns,
            Arc::clone(world),
            Arc::clone(&next_batch),
        ));
    }
    let mut total = Counts::new();
    while let Some(written) = writers.join_next().await {
        add(&mut total, written??);
    }
    Ok(total)
}

async fn write_batches(
    (mut conn, mut asking): (CopyConn, Conn),
    world: Arc<World>,
    next_batch: Arc<AtomicU64>,
) -> Result<Counts, DemoError> {
    let (mut total, mut lexicon) = (Counts::new(), Lexicon::default());
    loop {
        let first = next_batch
            .fetch_add(1, Ordering::Relaxed)
            .saturating_mul(BATCH);
        if first >= world.n_cases {
            return Ok(total);
        }
        let world = Arc::clone(&world);
        let (tables, counts) = spawn_blocking(move || make(&world, first)).await?;
        lexicon.learn(&mut asking, &tables.texts).await?;
        conn.write(tables.in_order(&lexicon)).await?;
        add(&mut total, counts);
    }
}

fn make(world: &World, first: u64) -> (Tables, Counts) {
    let mut tables = Tables::new();
    let (mut counts, mut known) = (Counts::new(), tale::KnownDates::new());
    for place in first..first.saturating_add(BATCH).min(world.n_cases) {
        if let Some(state) = tale::tell(world, place, &mut tables, &mut known) {
            *counts.entry(state).or_default() += 1;
        }
    }
    (tables, counts)
}

fn add(total: &mut Counts, counts: Counts) {
    for (state, n) in counts {
        *total.entry(state).or_default() += n;
    }
}
