//! `reclamations [serve]`: the site and the background work.

use std::net::TcpListener;
use std::process::ExitCode;
use std::time::Duration;

use actix_web::web::Data;
use anyhow::Context;

use crate::app;
use crate::cli::{ServeArgs, print, until_stopped};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::bootstrap;
use crate::db::embedded::ServeLock;
use crate::installation::Installation;
use crate::jobs;
use crate::settings::Key;
use crate::staff;
use crate::web::AppState;

pub(super) async fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let lock = match args.place.database_url {
        Some(_) => None,
        None => Some(ServeLock::acquire(&args.place.data_dir)?),
    };
    let listen = args.settings.site.listen;
    let listener =
        TcpListener::bind(listen).with_context(|| format!("cannot listen on {listen}"))?;
    let installation = Installation::open(&args.place).await?;
    let work = serve(&installation, args, listener);
    let served = Box::pin(installation.working(work)).await;
    installation.close().await?;
    drop(lock);
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(
    installation: &Installation,
    args: ServeArgs,
    listener: TcpListener,
) -> anyhow::Result<()> {
    let n_applied = bootstrap::prepare(installation.url()).await?;
    if n_applied > 0 {
        tracing::info!(migrations = n_applied, "the database is up to date");
    }
    let public_url = args.settings.public_url(listener.local_addr()?);
    let pool = installation.pool(Duration::from_secs(
        args.settings.limits.database_wait_seconds,
    ))?;
    let secret = installation.secret()?;
    let state = app::state(pool, Clock::System, &secret, args.settings, public_url)?;
    drop(secret);
    app::read_settings(&state).await?;
    // Before anything runs: a database lost here ends the start, never a site at work.
    announce(&state, installation).await?;
    let background = jobs::start(app::background(&state, installation.data_dir())?);
    let server = app::server(state.clone(), listener)?;
    let handle = server.handle();
    let running = tokio::spawn(server);
    until_stopped().await?;
    handle.stop(true).await;
    running.await??;
    background.finish().await;
    Ok(())
}

/// Tells where the site is, and what the administrator has still to do.
async fn announce(state: &Data<AppState>, installation: &Installation) -> anyhow::Result<()> {
    if let Some(place) = installation.database_elsewhere() {
        tracing::info!("the database keeps its files in {}", place.display());
    }
    tell_of_mail(&state.settings);
    let mut conn = state.pool.get().await?;
    let missing = state.book().missing();
    if !missing.is_empty() {
        let missing: Vec<_> = missing.into_iter().map(Key::code).collect();
        tracing::warn!("legal information still missing: {}", missing.join(", "));
    }
    print(&format!("Le site répond sur {}", state.public_url))?;
    let lifetime = state.staff_limits().link_lifetime;
    let link = staff::first_administrator_link(&mut conn, lifetime, state.clock.now()).await?;
    if let Some(link) = link {
        print(&format!(
            "Premier administrateur, lien à usage unique : {}/gestion/activation/{}",
            state.public_url,
            link.token.expose()
        ))?;
    }
    Ok(())
}

/// Tells what is missing for e-mails to leave and to arrive.
fn tell_of_mail(settings: &Settings) {
    if settings.mail.relay.is_none() {
        tracing::warn!("no relay is configured: e-mails are written to the data folder, not sent");
    }
    if settings.mailbox.mailbox.is_none() {
        tracing::info!("no mailbox is configured: e-mails that arrive are entered by hand");
    }
}
