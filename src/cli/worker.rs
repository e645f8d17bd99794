//! `reclamations worker`: the background work alone, beside sites that run elsewhere.

use std::process::ExitCode;
use std::time::Duration;

use crate::app;
use crate::cli::{ServeArgs, until_stopped};
use crate::clock::Clock;
use crate::db::bootstrap;
use crate::installation::Installation;
use crate::jobs;

pub(super) async fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let installation = Installation::open(&args.place).await?;
    let worked = Box::pin(installation.working(work(&installation, args))).await;
    installation.close().await?;
    worked.map(|()| ExitCode::SUCCESS)
}

async fn work(installation: &Installation, args: ServeArgs) -> anyhow::Result<()> {
    bootstrap::prepare(installation.url()).await?;
    let wait = Duration::from_secs(args.settings.limits.database_wait_seconds);
    let public_url = args.settings.public_url(args.settings.site.listen);
    let (pool, secret) = (installation.pool(wait)?, installation.secret()?);
    let state = app::state(pool, Clock::System, &secret, args.settings, public_url)?;
    app::read_settings(&state).await?;
    let background = jobs::start(app::background(&state, installation.data_dir())?);
    tracing::info!("working");
    until_stopped().await?;
    background.finish().await;
    Ok(())
}
