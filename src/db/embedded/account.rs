//! The user of the machine that runs the server: ourselves, or somebody harmless when we are root.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User, getegid, geteuid};

use crate::db::embedded::error::{EmbeddedError, file};

/// Who root runs the server as, first choice first.
const HARMLESS: [&str; 2] = ["postgres", "nobody"];

/// The user that runs the server and owns its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
}

/// Whether this program runs as root.
pub(super) fn is_root() -> bool {
    geteuid().is_root()
}

impl Account {
    /// The account for a database that does not exist yet.
    pub(super) fn for_new_database() -> Result<Self, EmbeddedError> {
        if !is_root() {
            return Ok(Self::ours());
        }
        HARMLESS
            .iter()
            .find_map(|name| User::from_name(name).ok().flatten())
            .map(|user| Self {
                uid: user.uid.as_raw(),
                gid: user.gid.as_raw(),
            })
            .ok_or(EmbeddedError::NoAccount)
    }

    /// The account that owns the existing database `cluster`: root runs it as that one.
    pub(super) fn owner_of(cluster: &Path) -> Result<Self, EmbeddedError> {
        let found = fs::metadata(cluster).map_err(file("cannot read", cluster))?;
        let owner = Self {
            uid: found.uid(),
            gid: found.gid(),
        };
        let usable = if is_root() {
            owner.uid != 0
        } else {
            owner.uid == Self::ours().uid
        };
        if usable {
            Ok(owner)
        } else {
            Err(EmbeddedError::OtherOwner {
                place: cluster.to_owned(),
                owner: name_of(owner.uid),
            })
        }
    }

    fn ours() -> Self {
        Self {
            uid: geteuid().as_raw(),
            gid: getegid().as_raw(),
        }
    }

    /// The number of the user.
    pub(super) const fn uid(self) -> u32 {
        self.uid
    }

    /// The name of the user, or its number if it has none.
    pub(super) fn name(self) -> String {
        name_of(self.uid)
    }

    /// Whether it is another user than the one this program runs as.
    pub(super) fn is_other(self) -> bool {
        self.uid != Self::ours().uid
    }

    /// Gives `path` to the account.
    pub(super) fn take(self, path: &Path) -> Result<(), EmbeddedError> {
        if self.is_other() {
            chown(path, Some(self.uid), Some(self.gid)).map_err(file("cannot give away", path))?;
        }
        Ok(())
    }

    /// A command run by the account, with a bare environment: ours holds secrets, and the `PG…`
    /// variables of an administrator must not reach the private server.
    pub(super) fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").current_dir("/");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if self.is_other() {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Whether the account can enter `folder` and write there, as the system judges it (mode bits,
    /// access lists, read-only mounts).
    pub(super) fn can_write(self, folder: &Path) -> bool {
        self.command("/bin/sh")
            .args(["-c", "cd \"$1\" && test -w .", "sh"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

fn name_of(uid: u32) -> String {
    User::from_uid(Uid::from_raw(uid))
        .ok()
        .flatten()
        .map_or_else(|| uid.to_string(), |user| user.name)
}
