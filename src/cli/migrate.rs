//! `reclamations migrate`.

use std::process::ExitCode;

use crate::cli::print;
use crate::config::Place;
use crate::db::bootstrap;
use crate::installation::Installation;

pub(super) async fn run(place: Place) -> anyhow::Result<ExitCode> {
    let installation = Installation::open(&place).await?;
    let applied = bootstrap::prepare(installation.url()).await;
    installation.close().await?;
    print(&format!("{} migration(s) appliquée(s)", applied?))?;
    Ok(ExitCode::SUCCESS)
}
