//! `reclamations demo`.

use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use crate::case::{Nature, Status};
use crate::cli::print;
use crate::clock::Clock;
use crate::config::Place;
use crate::db::{bootstrap, migrations};
use crate::demo::{self, Demo, DemoError, Filled};
use crate::installation::Installation;

/// What `demo` takes.
#[derive(Args, Clone, Debug)]
pub(super) struct DemoArgs {
    #[command(flatten)]
    place: Place,
    /// How many cases to add
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    cases: u32,
    /// Chooses them: the same seed gives the same cases on an empty database, the same day
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

pub(super) async fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    let installation = Installation::open(&args.place).await?;
    let began = Instant::now();
    let filled = fill(&installation, &args).await;
    installation.close().await?;
    match filled? {
        Ok(filled) => {
            print(&report(&filled, args.cases, began.elapsed().as_secs_f64()))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(DemoError::RealCases) => {
            print(
                "Refusé\u{202f}: cette base contient de vrais dossiers. Une démonstration ne se \
                 mélange jamais à eux\u{202f}; indiquez un autre dossier (--data-dir) ou une autre \
                 base (--database-url).",
            )?;
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill(
    installation: &Installation,
    args: &DemoArgs,
) -> anyhow::Result<Result<Filled, DemoError>> {
    bootstrap::add_extensions(installation.url()).await;
    migrations::apply(installation.url()).await?;
    let demo = Demo {
        n_cases: args.cases,
        seed: args.seed,
        at: Clock::System.now(),
    };
    Ok(demo::fill(installation.url(), &demo).await)
}

/// What was added, in French.
fn report(filled: &Filled, n_cases: u32, seconds: f64) -> String {
    let mut lines = vec![format!(
        "{n_cases} dossiers de démonstration ajoutés en {seconds:.1}\u{a0}s\u{202f}; {} jours du journal scellés.",
        filled.n_seals
    )];
    for (nature, title) in [
        (Nature::Complaint, "Réclamations"),
        (Nature::InformationRequest, "Demandes d’information"),
    ] {
        lines.push(format!("{title}\u{202f}:"));
        for status in Status::ALL {
            let n = filled.n_cases.get(&(nature, *status)).copied();
            if let Some(n) = n {
                lines.push(format!("  {:<12} {n:>9}", status_words(*status)));
            }
        }
    }
    lines.push(
        "Personne ne peut se connecter aux comptes de l’équipe fictive, et aucun courriel ne partira."
            .to_owned(),
    );
    lines.join("\n")
}

const fn status_words(status: Status) -> &'static str {
    match status {
        Status::Received => "reçus",
        Status::Acknowledged => "accusés",
        Status::Answered => "répondus",
        Status::Closed => "clos",
        Status::Withdrawn => "retirés",
    }
}
