//! Settings of the mailbox that people write to.

use std::path::PathBuf;

use clap::Args;
use secrecy::SecretString;

/// The mailbox that people write to.
#[derive(Args, Clone, Debug)]
pub struct Mailbox {
    /// Mailbox whose unread e-mails become cases, such as `imaps://user:password@host/INBOX`; without it
    /// e-mails are entered by hand
    #[arg(
        long,
        env = "RECLAMATIONS_MAILBOX",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub mailbox: Option<SecretString>,
    /// File of the mailbox's password, when the URL has none
    #[arg(long, env = "RECLAMATIONS_MAILBOX_PASSWORD_FILE", value_name = "FILE")]
    pub mailbox_password_file: Option<PathBuf>,
    /// Another folder of the mailbox; after an equals sign, what its e-mails are: `complaint` or
    /// `contact`. Can be given several times
    #[arg(
        long = "mailbox-folder",
        env = "RECLAMATIONS_MAILBOX_FOLDERS",
        value_delimiter = ',',
        value_name = "FOLDER[=NATURE]"
    )]
    pub mailbox_folders: Vec<String>,
}
