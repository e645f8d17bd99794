//! Finds the PostgreSQL programs of this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::db::embedded::account::Account;
use crate::db::embedded::error::EmbeddedError;

/// Oldest major version the program works with.
const OLDEST: u32 = 15;

/// The folder of one PostgreSQL's programs.
#[derive(Clone, Debug)]
pub(super) struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// The best version `account` can run; with `made`, the version that made the database.
    ///
    /// `place` is only named in the error.
    pub(super) fn find(
        account: Account,
        made: Option<u32>,
        place: &Path,
    ) -> Result<Self, EmbeddedError> {
        let mut others = Vec::new();
        for folder in candidates() {
            let Some(major) = version_of(&folder, account) else {
                continue;
            };
            if made.is_none_or(|made| made == major) && major >= OLDEST {
                return Ok(Self { folder });
            }
            if !others.contains(&major) {
                others.push(major);
            }
        }
        Err(match made {
            Some(made) => EmbeddedError::OtherVersion {
                place: place.to_owned(),
                made,
                found: listed(&others),
            },
            None => EmbeddedError::NoPostgres { oldest: OLDEST },
        })
    }

    /// One of its programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn listed(majors: &[u32]) -> String {
    if majors.is_empty() {
        return "none".to_owned();
    }
    let words: Vec<String> = majors.iter().map(u32::to_string).collect();
    words.join(", ")
}

/// Folders to look in, best first: `PATH`, Debian's places, Homebrew's.
fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(versions_under("/usr/lib/postgresql", ""));
    folders.extend(versions_under("/opt/homebrew/opt", "postgresql@"));
    folders.extend(versions_under("/usr/local/opt", "postgresql@"));
    folders.retain(|folder| folder.join("postgres").is_file() && folder.join("initdb").is_file());
    folders
}

/// The `bin` folders of `root/<prefix><version>`, newest version first.
fn versions_under(root: &str, prefix: &str) -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir(root)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name();
            let version = name.to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// The major version, asked of the program itself as the user that will run it.
fn version_of(folder: &Path, account: Account) -> Option<u32> {
    let output = account
        .command(folder.join("postgres"))
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    major_in(&String::from_utf8(output.stdout).ok()?)
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian …)`.
fn major_in(line: &str) -> Option<u32> {
    let (_, version) = line.split_once("(PostgreSQL) ")?;
    version
        .split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_postgresql_prints_them() {
        assert_eq!(
            major_in("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major_in("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_in("postgres: not found\n"), None);
    }
}
