//! Settings of the files that people send.

use clap::Args;

/// How files are taken.
#[derive(Args, Clone, Debug)]
pub struct Files {
    /// Largest file, in bytes
    #[arg(long, env = "RECLAMATIONS_FILE_BYTES", default_value_t = 10 * 1024 * 1024, value_name = "BYTES")]
    pub file_bytes: u64,
    /// Most files with a form, and with one message
    #[arg(
        long,
        env = "RECLAMATIONS_FILES_AT_MOST",
        default_value_t = 10,
        value_name = "N"
    )]
    pub files_at_most: usize,
    /// Files taken from one address in an hour
    #[arg(
        long,
        env = "RECLAMATIONS_UPLOADS_PER_HOUR",
        default_value_t = 200,
        value_name = "N"
    )]
    pub uploads_per_hour: u32,
    /// Most files that arrive at the same time; more are answered 503
    #[arg(
        long,
        env = "RECLAMATIONS_UPLOADS_AT_ONCE",
        default_value_t = 40,
        value_name = "N"
    )]
    pub uploads_at_once: usize,
    /// Most files that arrive at the same time from one address; more are answered 503
    #[arg(
        long,
        env = "RECLAMATIONS_UPLOADS_AT_ONCE_PER_ADDRESS",
        default_value_t = 20,
        value_name = "N"
    )]
    pub uploads_at_once_per_address: usize,
    /// Seconds without a byte after which an upload is over
    #[arg(
        long,
        env = "RECLAMATIONS_UPLOAD_SILENCE_SECONDS",
        default_value_t = 30,
        value_name = "SECONDS"
    )]
    pub upload_silence_seconds: u64,
    /// Virus scanner (a clamd of clamav) that sees each file before it is given out; without it, none is scanned
    #[arg(long, env = "RECLAMATIONS_CLAMD", value_name = "HOST:PORT")]
    pub clamd: Option<String>,
}
