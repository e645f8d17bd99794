//! Settings of how the firm handles its cases.

use clap::Args;

use crate::config::Switch;

/// How the firm handles its cases.
#[derive(Args, Clone, Debug)]
pub struct Practice {
    /// Internal target to answer an information request, in jours ouvrables
    #[arg(
        long,
        env = "RECLAMATIONS_REQUEST_TARGET",
        default_value_t = 5,
        value_name = "DAYS"
    )]
    pub request_target_jours_ouvrables: usize,
    /// Internal target to examine a contested answer again, in jours ouvrables
    #[arg(
        long,
        env = "RECLAMATIONS_DISAGREEMENT_TARGET",
        default_value_t = 10,
        value_name = "DAYS"
    )]
    pub disagreement_target_jours_ouvrables: usize,
    /// A second reader for refusals, who is not the author
    #[arg(long, env = "RECLAMATIONS_SECOND_READER", value_enum, default_value_t = Switch::On)]
    pub second_reader: Switch,
    /// Seconds in which the sending of an answer can be cancelled
    #[arg(
        long,
        env = "RECLAMATIONS_CANCEL_WINDOW",
        default_value_t = 60,
        value_name = "SECONDS"
    )]
    pub cancel_window_seconds: u32,
}
