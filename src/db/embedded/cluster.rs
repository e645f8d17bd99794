//! Makes the database files: `initdb`, under a temporary name until it is done.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Output, Stdio};

use data_encoding::HEXLOWER;

use crate::db::embedded::Durability;
use crate::db::embedded::binaries::Binaries;
use crate::db::embedded::error::{EmbeddedError, file};
use crate::db::embedded::place::Place;
use crate::keys;

/// The superuser of the private server; the program itself works as an ordinary role.
pub(super) const SUPERUSER: &str = "postgres";
/// Names of files being made; a leftover of a start that was cut short is removed.
const UNFINISHED: &str = "data.new-";

/// The programs that fit the database of `place`, which is made if it does not exist.
///
/// Call it while no server runs, under a transition.
pub(super) fn prepare(place: &Place, durability: Durability) -> Result<Binaries, EmbeddedError> {
    let made = version(&place.data())?;
    let binaries = Binaries::find(place.account(), made, place.root())?;
    if made.is_none() {
        remove_unfinished(&place.cluster())?;
        init(place, &binaries, durability)?;
    }
    Ok(binaries)
}

/// The major version that made the database, if there is one.
fn version(data: &Path) -> Result<Option<u32>, EmbeddedError> {
    let path = data.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => {
            let read = text.trim().parse().map(Some);
            read.map_err(|error| {
                file("cannot read", &path)(io::Error::new(io::ErrorKind::InvalidData, error))
            })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file("cannot read", &path)(error)),
    }
}

/// Cleans up, as far as it goes: an `initdb` whose parent was killed may still be writing.
fn remove_unfinished(cluster: &Path) -> Result<(), EmbeddedError> {
    for entry in fs::read_dir(cluster).map_err(file("cannot read", cluster))? {
        let entry = entry.map_err(file("cannot read", cluster))?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::debug!("{} stays for now: {error}", entry.path().display());
        }
    }
    Ok(())
}

/// Runs `initdb` and renames its work: a kill in the middle never leaves half a database.
fn init(place: &Place, binaries: &Binaries, durability: Durability) -> Result<(), EmbeddedError> {
    let draw = HEXLOWER.encode(&keys::random_bytes::<4>());
    let new = place.cluster().join(format!("{UNFINISHED}{draw}"));
    // Letters beyond ASCII need a locale that knows them; macOS has no C.UTF-8.
    let mut output = run_initdb(place, binaries, durability, (&new, "--locale=C.UTF-8"))?;
    if !output.status.success() {
        output = run_initdb(place, binaries, durability, (&new, "--no-locale"))?;
    }
    if !output.status.success() {
        return Err(EmbeddedError::Init {
            place: place.root().to_owned(),
            output: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        });
    }
    let data = place.data();
    fs::rename(&new, &data).map_err(file("cannot rename", &new))?;
    let cluster = place.cluster();
    fs::File::open(&cluster)
        .and_then(|folder| folder.sync_all())
        .map_err(file("cannot write", &cluster))
}

fn run_initdb(
    place: &Place,
    binaries: &Binaries,
    durability: Durability,
    (new, locale): (&Path, &str),
) -> Result<Output, EmbeddedError> {
    let initdb = binaries.program("initdb");
    let mut command = place.account().command(&initdb);
    command
        .arg("-D")
        .arg(new)
        .args([
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--lc-messages=C",
        ])
        .args([locale, "--data-checksums", "--no-instructions"])
        .stdin(Stdio::null());
    if durability == Durability::Throwaway {
        command.arg("--no-sync");
    }
    command.output().map_err(file("cannot run", &initdb))
}
