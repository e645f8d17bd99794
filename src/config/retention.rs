//! How long things are kept, and when they are archived (R61, R62).

use clap::Args;

/// How long cases are kept once they are over.
#[derive(Args, Clone, Copy, Debug)]
pub struct Retention {
    /// Years a complaint is kept, from its closure
    #[arg(
        long,
        env = "RECLAMATIONS_KEEP_COMPLAINTS_YEARS",
        default_value_t = 5,
        value_name = "YEARS",
        value_parser = clap::value_parser!(u32).range(1..=100)
    )]
    pub keep_complaints_years: u32,
    /// Years an information request is kept, from the last contact
    #[arg(
        long,
        env = "RECLAMATIONS_KEEP_REQUESTS_YEARS",
        default_value_t = 3,
        value_name = "YEARS",
        value_parser = clap::value_parser!(u32).range(1..=100)
    )]
    pub keep_requests_years: u32,
    /// Months after its end from which few may read a case
    #[arg(
        long,
        env = "RECLAMATIONS_ARCHIVE_AFTER",
        default_value_t = 6,
        value_name = "MONTHS"
    )]
    pub archive_after_months: usize,
}
