//! `reclamations deadlines`: every clock of a date with its explanation, as on the site.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use crate::calendar::{DeadlinesReport, Start, parse_date};
use crate::cli::print;

/// What `deadlines` takes.
#[derive(Args, Debug)]
pub(super) struct DeadlinesArgs {
    /// Day of the first writing, Paris calendar, as YYYY-MM-DD
    #[arg(value_name = "DATE", value_parser = parse_date)]
    first_written_on: NaiveDate,
    /// Day it was received, as YYYY-MM-DD [default: the same day]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    received: Option<NaiveDate>,
    /// Prints JSON, with dates as YYYY-MM-DD
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &DeadlinesArgs) -> anyhow::Result<ExitCode> {
    let received_on = args.received.unwrap_or(args.first_written_on);
    let report = DeadlinesReport::new(Start::new(args.first_written_on, received_on)?);
    if args.json {
        print(&serde_json::to_string_pretty(&report)?)?;
    } else {
        print(&report.to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}
