//! A database full of made-up French cases in every state, to show the back office and to measure
//! it. The same number, seed and day give the same cases; their journals are real and verify.
//!
//! Nothing of it can leave: no e-mail waits in the outbox, and every address is at `example.org`.

mod almanac;
mod aside;
mod batches;
mod dice;
mod lexicon;
mod office;
mod people;
mod phrase;
mod room;
mod staff;
mod tables;
mod tale;
mod topic;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::SimpleAsyncConnection;

use crate::calendar;
use crate::case::{Nature, Status};
use crate::db::copy::CopyError;
use crate::db::{self, Conn, DbError};
use crate::demo::almanac::Almanac;
use crate::demo::staff::Team;
use crate::demo::tale::World;
use crate::demo::words::Words;
use crate::journal;

/// What to fill a database with.
#[derive(Clone, Copy, Debug)]
pub struct Demo {
    /// How many cases.
    pub n_cases: u32,
    /// Chooses them.
    pub seed: u64,
    /// The present: cases arrive during the two years before its day (Paris calendar).
    pub at: DateTime<Utc>,
}

/// What a database was filled with.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// How many cases of each nature stand in each state.
    pub n_cases: HashMap<(Nature, Status), u64>,
    /// How many days were sealed.
    pub n_seals: u64,
}

/// A database could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// It holds a case of a real person.
    #[error("the database holds real cases: a demonstration never goes beside them")]
    RealCases,
    /// It could not be reached.
    #[error(transparent)]
    Connection(#[from] diesel::ConnectionError),
    /// It failed.
    #[error("database: {0}")]
    Database(#[from] DbError),
    /// It refused the rows.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// A thread that makes cases died.
    #[error("a thread died: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

/// Fills the database at `url`, whose migrations are applied. Cases of an earlier demonstration
/// stay, and the new ones come beside them.
///
/// # Errors
/// When it holds real cases, or fails; batches written before a failure stay, whole.
pub async fn fill(url: &str, demo: &Demo) -> Result<Filled, DemoError> {
    let mut conn = db::connect(url).await?;
    room::refuse_real_cases(&mut conn).await?;
    let today = calendar::paris_date(demo.at);
    let almanac = Almanac::before(today);
    let first = almanac.first();
    let team = Team::gather(&mut conn, first.at).await?;
    let labels = office::labels(&mut conn, &team, first.at).await?;
    let is_empty = room::is_empty(&mut conn).await?;
    if is_empty {
        office::furnish(&mut conn, &team, almanac.present()).await?;
    }
    let first_ids = room::take_ids(&mut conn, demo.n_cases).await?;
    aside::lay(&mut conn, demo.n_cases, is_empty).await?;
    let world = Arc::new(World {
        words: Words::read(),
        almanac,
        team,
        labels,
        seed: demo.seed,
        n_cases: demo.n_cases.into(),
        first_ids,
    });
    tracing::info!(cases = demo.n_cases, "the cases are being written");
    let n_cases = batches::write(url, &world).await?;
    let until = today.pred_opt().unwrap_or(first.on);
    let n_seals = finish(&mut conn, first.on, until).await?;
    Ok(Filled { n_cases, n_seals })
}

/// Once every case is written: indexes, seals, and what the planner must know.
async fn finish(conn: &mut Conn, first: NaiveDate, until: NaiveDate) -> Result<u64, DbError> {
    tracing::info!("the indexes are being made");
    aside::put_back(conn).await?;
    tracing::info!("the days are being sealed");
    let n_seals = journal::seal_history(conn, first, until).await?;
    tracing::info!("the planner is being told");
    conn.batch_execute(tables::ANALYZE).await?;
    Ok(n_seals)
}
