//! A folder for one test, with no PostgreSQL left in it when the test is over.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A temporary folder. The servers that work in it are stopped and it is removed when it is
/// dropped, and when the test program ends, however it ends: the system then closes the pipe that
/// a watchdog reads.
pub(crate) struct TestFolder {
    path: PathBuf,
    _watchdog: Child,
}

impl TestFolder {
    /// An empty folder that every user can enter: when the tests run as root, PostgreSQL does not.
    pub(crate) fn new() -> Self {
        let path = tempfile::Builder::new()
            .prefix("reclamations-test-")
            .permissions(Permissions::from_mode(0o711))
            .tempdir()
            .unwrap()
            .keep();
        let watchdog = watch(&path);
        Self {
            path,
            _watchdog: watchdog,
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A folder inside, made with the given mode.
    pub(crate) fn make(&self, name: &str, mode: u32) -> PathBuf {
        let inner = self.path.join(name);
        fs::create_dir_all(&inner).unwrap();
        fs::set_permissions(&inner, Permissions::from_mode(mode)).unwrap();
        inner
    }
}

fn watch(folder: &Path) -> Child {
    const SCRIPT: &str = r#"
        cat > /dev/null
        while [ -e "$1" ]; do
            for pid in $(find "$1" -name postmaster.pid -exec head -n 1 {} \; 2> /dev/null); do
                kill -QUIT "$pid" 2> /dev/null
                for _ in 1 2 3 4 5 6 7 8 9 10; do
                    kill -0 "$pid" 2> /dev/null && sleep 0.1
                done
            done
            rm -rf "$1"
            sleep 0.2
        done"#;
    Command::new("/bin/sh")
        .args(["-c", SCRIPT, "watchdog"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap()
}
