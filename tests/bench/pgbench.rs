//! `pgbench` beside the program: the same SQL, the same clients, the same server, the same minute.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::CLIENTS;
use crate::load::Measure;
use crate::site::Site;

/// When it ends.
pub(crate) enum Until {
    /// This long.
    Passed(Duration),
    /// So many transactions of each client.
    Done(usize),
}

/// Runs a script; none where pgbench is not installed.
pub(crate) async fn run(site: &Site, script: &str, until: Until) -> Option<Measure> {
    let program = find()?;
    let folder = tempfile::tempdir().unwrap();
    let (script_path, log) = (folder.path().join("script.sql"), folder.path().join("log"));
    std::fs::write(&script_path, script).unwrap();
    let until = match until {
        Until::Passed(over) => ["-T".to_owned(), over.as_secs().max(1).to_string()],
        Until::Done(count) => ["-t".to_owned(), count.to_string()],
    };
    let mut command = Command::new(program);
    // The program keeps its statements prepared, but for filters and what is due to one person.
    command
        .args([
            "-n",
            "-M",
            "prepared",
            "-j",
            "2",
            "-c",
            &CLIENTS.to_string(),
        ])
        .args(until)
        .arg("-f")
        .arg(&script_path)
        .args(["-l", "--log-prefix"])
        .arg(&log)
        .arg(site.database_url())
        .stdin(Stdio::null());
    let began = Instant::now();
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let over = began.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    Some(Measure::new(latencies(&folder), over))
}

/// The third word of each line of its logs is how long a transaction took, in microseconds.
fn latencies(folder: &tempfile::TempDir) -> Vec<Duration> {
    let mut took = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_string_lossy().contains("log.") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        let micros = text
            .lines()
            .filter_map(|line| line.split(' ').nth(2)?.parse().ok());
        took.extend(micros.map(Duration::from_micros));
    }
    took
}

fn find() -> Option<PathBuf> {
    let works = |path: &PathBuf| {
        let tried = Command::new(path).arg("--version").output();
        tried.is_ok_and(|output| output.status.success())
    };
    let installed = (15..30)
        .rev()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin/pgbench")));
    std::iter::once(PathBuf::from("pgbench"))
        .chain(installed)
        .find(works)
}
