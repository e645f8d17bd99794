//! Why a mailbox cannot be read, without a word of its server.

use crate::db::text_code;

text_code! {
    /// Why a mailbox cannot be read.
    pub enum Failure {
        /// No way to the server.
        Unreachable => "unreachable",
        /// Nobody vouches for the server, or not under this name.
        Untrusted => "untrusted",
        /// The server refuses the user or the password.
        Refused => "refused",
        /// There is no such folder, or it cannot be opened.
        NoFolder => "no_folder",
        /// The server answered too late, or something else.
        Broken => "broken",
    }
}
