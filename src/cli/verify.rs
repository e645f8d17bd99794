//! `reclamations verify`.

use std::process::ExitCode;
use std::time::Duration;

use crate::cli::print;
use crate::clock::Clock;
use crate::config::Place;
use crate::installation::Installation;
use crate::journal::{self, Actor, Broken};

/// How long to wait for the database.
const WAIT: Duration = Duration::from_secs(10);

pub(super) async fn run(place: Place) -> anyhow::Result<ExitCode> {
    let installation = Installation::open(&place).await?;
    let verified = verify(&installation).await;
    installation.close().await?;
    match verified? {
        Ok(whole) => {
            print(&format!(
                "Journal intact : {}, {}, {}.",
                several(whole.n_chains, "chaîne"),
                several(whole.n_lines, "ligne"),
                several(whole.n_seals, "scellé")
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Broken::Database(error)) => Err(error.into()),
        Err(broken) => {
            print(&format!("Journal rompu : {broken}"))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn verify(installation: &Installation) -> anyhow::Result<Result<journal::Verified, Broken>> {
    let pool = installation.pool(WAIT)?;
    let mut conn = pool.get().await?;
    let verified = journal::verify(&mut conn).await;
    if let Ok(whole) = &verified {
        let now = Clock::System.now();
        journal::record_verification(&mut conn, whole, Actor::Operator, now).await?;
    }
    Ok(verified)
}

/// « 1 ligne », « 2 lignes ».
fn several(count: u64, noun: &str) -> String {
    let mark = if count < 2 { "" } else { "s" };
    format!("{count} {noun}{mark}")
}
