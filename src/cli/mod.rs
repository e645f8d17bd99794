//! The command line: one file per command. Logs go to standard error, results to standard output.

mod account;
mod deadlines;
mod demo;
mod migrate;
mod serve;
mod verify;
mod worker;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Place, Settings};

/// Site de réclamations d’Asekkey : procédure, formulaire, suivi et gestion des dossiers.
#[derive(Debug, Parser)]
#[command(name = "reclamations", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

/// What `serve` takes.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The site and the background work (what runs without a command)
    Serve(Box<ServeArgs>),
    /// The accounts of staff
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Every clock of a complaint written on a day, with its explanation
    Deadlines(deadlines::DeadlinesArgs),
    /// The background work alone: e-mails, seals, drafts that expire
    Worker(Box<ServeArgs>),
    /// Fills a database with made-up French cases in every state; run again, it adds more. Refuses a
    /// database that holds real cases. Addresses are at example.org, and nothing of it can be sent
    Demo(demo::DemoArgs),
    /// Recomputes the journals and their seals; names the first broken line
    Verify(Place),
    /// Applies the migrations (serve does so too)
    Migrate(Place),
}

impl Cli {
    /// Runs the command; a failure is told on standard error and makes the exit code 1.
    pub async fn run(self) -> ExitCode {
        let done = match self.command {
            None => serve::run(self.serve).await,
            Some(Command::Serve(serve)) => serve::run(*serve).await,
            Some(Command::Account(command)) => account::run(command).await,
            Some(Command::Deadlines(args)) => deadlines::run(&args),
            Some(Command::Worker(worker)) => worker::run(*worker).await,
            Some(Command::Demo(args)) => demo::run(args).await,
            Some(Command::Verify(place)) => verify::run(place).await,
            Some(Command::Migrate(place)) => migrate::run(place).await,
        };
        done.unwrap_or_else(|error| {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        })
    }
}

/// Prints a result on standard output; a closed pipe is nobody's fault.
fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Waits for the terminal's interrupt or the system's request to end.
async fn until_stopped() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        stopped = tokio::signal::ctrl_c() => stopped?,
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    Ok(())
}
