//! The server process: started in a process group of its own, recognised, stopped.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::db::embedded::Durability;
use crate::db::embedded::binaries::Binaries;
use crate::db::embedded::error::{EmbeddedError, file};
use crate::db::embedded::folder;
use crate::db::embedded::place::Place;

/// Longest wait for a fast shutdown, which writes everything to disk.
const STOP_LIMIT: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(10);
/// Past this size the log starts anew and one old log is kept.
const LOG_LIMIT: u64 = 10 * 1024 * 1024;

/// A server this process has started, with the length of the log before it spoke.
pub(super) struct Started {
    child: Child,
    log_before: u64,
}

impl Started {
    /// The last lines of the log if the server has ended.
    pub(super) fn ended(&mut self, place: &Place) -> Result<Option<String>, EmbeddedError> {
        let status = self
            .child
            .try_wait()
            .map_err(file("cannot watch the server of", place.root()))?;
        Ok(status.map(|status| {
            let said = log_since(&place.log(), self.log_before).unwrap_or_default();
            if said.is_empty() {
                return status.to_string();
            }
            said
        }))
    }

    /// Collects the process when it ends, whenever that is, so that it leaves no zombie.
    pub(super) fn let_go(mut self) {
        std::thread::spawn(move || self.child.wait());
    }

    /// Asks a server that never became ready to end.
    pub(super) fn abandon(self) {
        if let Ok(pid) = i32::try_from(self.child.id()) {
            // Gone already is as good.
            kill(Pid::from_raw(pid), Signal::SIGQUIT).ok();
        }
        self.let_go();
    }
}

/// Starts the server. It is not ready yet when this returns.
pub(super) fn start(
    place: &Place,
    binaries: &Binaries,
    durability: Durability,
) -> Result<Started, EmbeddedError> {
    remove_misleading_locks(place)?;
    let log = open_log(&place.log())?;
    let log_before = log.metadata().map_or(0, |found| found.len());
    let errors = log.try_clone().map_err(file("cannot open", &place.log()))?;
    let program = binaries.program("postgres");
    let mut command = place.account().command(&program);
    command
        .arg("-D")
        .arg(place.data())
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        // Ctrl-C in the terminal must reach us and not the server we are about to stop ourselves.
        .process_group(0);
    for setting in settings(place, durability) {
        command.arg("-c").arg(setting);
    }
    let child = command.spawn().map_err(file("cannot run", &program))?;
    Ok(Started { child, log_before })
}

fn settings(place: &Place, durability: Durability) -> Vec<OsString> {
    let mut socket = OsString::from("unix_socket_directories=\"");
    socket.push(place.socket());
    socket.push("\"");
    let mut hba = OsString::from("hba_file=");
    hba.push(place.hba());
    let durable = match durability {
        Durability::Safe => ["fsync=on", "full_page_writes=on"],
        Durability::Throwaway => ["fsync=off", "full_page_writes=off"],
    };
    let room = match durability {
        Durability::Safe => "max_connections=100",
        Durability::Throwaway => "max_connections=400",
    };
    // The log names no value of a row: details and statements hold personal data.
    let plain = [
        "listen_addresses=",
        "synchronous_commit=on",
        "unix_socket_permissions=0700",
        "port=5432",
        "cluster_name=reclamations",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_destination=stderr",
        "logging_collector=off",
        "log_error_verbosity=terse",
        "log_min_error_statement=panic",
        "log_checkpoints=off",
        "jit=off",
        room,
    ];
    let mut all = vec![socket, hba];
    all.extend(plain.iter().chain(&durable).map(OsString::from));
    all
}

/// The process id of the server of `place`, if one runs.
pub(super) fn running(place: &Place) -> Option<i32> {
    let pid = pid_in(&place.data().join("postmaster.pid"))?;
    (is_alive(pid) && is_postmaster(pid, place) != Some(false)).then_some(pid)
}

/// Stops the server of `place`, if one runs, after what it is doing.
pub(super) fn stop(place: &Place) -> Result<(), EmbeddedError> {
    let Some(pid) = running(place) else {
        return Ok(());
    };
    let stuck = || EmbeddedError::Stuck {
        pid,
        seconds: STOP_LIMIT.as_secs(),
        log: place.log(),
    };
    match kill(Pid::from_raw(pid), Signal::SIGINT) {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(_) => return Err(stuck()),
    }
    let give_up = Instant::now() + STOP_LIMIT;
    while running(place) == Some(pid) {
        if Instant::now() > give_up {
            return Err(stuck());
        }
        std::thread::sleep(PAUSE);
    }
    if !place.socket().starts_with(place.root()) {
        // Made again at the next start.
        fs::remove_dir(place.socket()).ok();
    }
    Ok(())
}

fn is_alive(pid: i32) -> bool {
    pid > 1 && matches!(kill(Pid::from_raw(pid), None), Ok(()) | Err(Errno::EPERM))
}

/// Whether the living process `pid` is the server of this place, as far as the system tells:
/// numbers are used again after a restart of the machine or of a container.
fn is_postmaster(pid: i32, place: &Place) -> Option<bool> {
    let process = Path::new("/proc").join(pid.to_string());
    if !Path::new("/proc/self").exists() {
        return command_line_from_ps(pid).map(|line| names(&line, &place.data()));
    }
    let Ok(found) = fs::metadata(&process) else {
        return Some(false);
    };
    if found.uid() != place.account().uid() {
        return Some(false);
    }
    // The server works in its data folder. Containers may hide that from root, not the arguments.
    let (cwd, data) = (
        fs::metadata(process.join("cwd")),
        fs::metadata(place.data()),
    );
    if let (Ok(cwd), Ok(data)) = (cwd, data) {
        return Some(cwd.dev() == data.dev() && cwd.ino() == data.ino());
    }
    let line = fs::read(process.join("cmdline")).ok()?;
    Some(names(&line, &place.data()))
}

fn command_line_from_ps(pid: i32) -> Option<Vec<u8>> {
    let output = std::process::Command::new("ps")
        .args(["-o", "args=", "-p", &pid.to_string()])
        .output()
        .ok()?;
    Some(output.stdout)
}

fn names(command_line: &[u8], data: &Path) -> bool {
    let wanted = data.as_os_str().as_bytes();
    command_line
        .windows(wanted.len())
        .any(|part| part == wanted)
}

/// Removes lock files whose number now belongs to another living process. The others PostgreSQL
/// judges itself, by the shared memory they name.
fn remove_misleading_locks(place: &Place) -> Result<(), EmbeddedError> {
    let locks = [
        place.data().join("postmaster.pid"),
        place.socket().join(".s.PGSQL.5432.lock"),
    ];
    for path in locks {
        let Some(pid) = pid_in(&path) else {
            continue;
        };
        if is_alive(pid) && is_postmaster(pid, place) == Some(false) {
            fs::remove_file(&path).map_err(file("cannot remove", &path))?;
        }
    }
    Ok(())
}

/// The process id on the first line of a lock file.
fn pid_in(path: &Path) -> Option<i32> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().next()?.trim().parse().ok()
}

fn open_log(path: &Path) -> Result<File, EmbeddedError> {
    if fs::metadata(path).is_ok_and(|found| found.len() > LOG_LIMIT) {
        fs::rename(path, path.with_extension("old")).map_err(file("cannot rename", path))?;
    }
    let log = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(OFlag::O_NOFOLLOW.bits())
        .open(path)
        .map_err(file("cannot open", path))?;
    folder::leave_to_owner(&log, path)?;
    Ok(log)
}

/// The end of what was written to the log past `start`, on one line.
fn log_since(path: &Path, start: u64) -> io::Result<String> {
    let mut log = File::open(path)?;
    log.seek(SeekFrom::Start(start))?;
    let mut said = Vec::new();
    log.take(64 * 1024).read_to_end(&mut said)?;
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().collect();
    let last = lines.len().saturating_sub(5);
    Ok(lines.get(last..).unwrap_or_default().join(" | "))
}
