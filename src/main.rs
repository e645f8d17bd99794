//! The program: reads the command line and runs the command it names.

use std::process::ExitCode;

use clap::Parser;
use reclamations::cli::Cli;
use reclamations::telemetry;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start();
    cli.run().await
}
