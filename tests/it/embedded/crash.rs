//! Processes killed at the worst moments: the next start loses nothing.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use reclamations::db::connect;
use reclamations::db::embedded::{Released, Server};

use crate::embedded::{has_mark, start, write_mark};
use crate::support::folder::TestFolder;

/// The real program at work on `data_dir`.
fn serve(data_dir: &Path) -> Child {
    serve_on(data_dir, "127.0.0.1:0")
}

fn serve_on(data_dir: &Path, listen: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_reclamations"))
        .args(["serve", "--listen", listen, "--data-dir"])
        .arg(data_dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits for `what` at most a minute, looking often.
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let give_up = Instant::now() + Duration::from_mins(1);
    while !is_so() {
        assert!(Instant::now() < give_up, "{what}: not within a minute");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn kill_9(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
}

/// Every process of the server but the postmaster.
async fn helpers(server: &Server) -> Vec<i32> {
    let url = server.superuser_url();
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let list = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()";
    let rows = client.query(list, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_server_of_a_killed_program_is_adopted() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let pid_file = var.join("postgres/cluster/data/postmaster.pid");
    let mut program = serve(&var);
    wait_until("the program is ready", || {
        fs::read_to_string(&pid_file).is_ok_and(|text| text.contains("ready"))
    });
    let beside = start(&folder, &var).await.unwrap();
    let pid = beside.pid();
    assert!(pid.is_some());
    write_mark(&beside).await;
    drop(beside);

    program.kill().unwrap();
    program.wait().unwrap();
    let next = start(&folder, &var).await.unwrap();
    assert_eq!(next.pid(), pid, "adopted, not started again");
    assert!(has_mark(&next).await);
    assert_eq!(next.release().await.unwrap(), Released::Stopped);
}

#[tokio::test]
async fn everything_killed_at_once_is_recovered() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let server = start(&folder, &var).await.unwrap();
    write_mark(&server).await;
    let postmaster = server.pid().unwrap();
    let helpers = helpers(&server).await;
    assert!(helpers.len() > 2, "{helpers:?}");
    drop(server);
    kill_9(postmaster);
    for pid in helpers {
        // Some see the postmaster's end first.
        kill(Pid::from_raw(pid), Signal::SIGKILL).ok();
    }
    let next = start(&folder, &var).await.unwrap();
    assert_ne!(next.pid(), Some(postmaster));
    assert!(has_mark(&next).await);
}

#[tokio::test]
async fn a_postmaster_killed_alone_is_replaced_once_its_children_are_gone() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let server = start(&folder, &var).await.unwrap();
    write_mark(&server).await;
    let _idle = connect(&server.url()).await.unwrap();
    let busy = server.url();
    let busy = tokio::spawn(async move {
        let (client, connection) = tokio_postgres::connect(&busy, tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        client.batch_execute("SELECT pg_sleep(1)").await
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    kill_9(server.pid().unwrap());
    drop(server);
    let next = start(&folder, &var).await.unwrap();
    assert!(has_mark(&next).await);
    drop(busy.await);
}

#[tokio::test]
async fn a_lock_file_that_names_another_process_is_no_hindrance() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let server = start(&folder, &var).await.unwrap();
    write_mark(&server).await;
    let data = server.place().join("cluster/data");
    let socket = server.place().join("socket");
    server.release().await.unwrap();

    // As after a restart of a container, where the numbers begin anew.
    let stale = format!("{}\n{}\n", std::process::id(), data.display());
    fs::write(data.join("postmaster.pid"), &stale).unwrap();
    fs::write(socket.join(".s.PGSQL.5432.lock"), &stale).unwrap();
    let next = start(&folder, &var).await.unwrap();
    assert!(has_mark(&next).await);
}

#[tokio::test]
async fn a_first_start_killed_half_way_leaves_nothing_in_the_way() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let cluster = var.join("postgres/cluster");
    let mut program = serve(&var);
    wait_until("initdb is at work", || {
        fs::read_dir(&cluster).is_ok_and(|mut entries| entries.next().is_some())
    });
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(!cluster.join("data").exists(), "killed too late");
    let next = start(&folder, &var).await.unwrap();
    write_mark(&next).await;
    assert!(has_mark(&next).await);
}

#[tokio::test]
async fn a_running_site_starts_its_dead_server_again() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = free.local_addr().unwrap().to_string();
    drop(free);
    let mut program = serve_on(&var, &listen);
    let ready = format!("http://{listen}/readyz");
    assert!(becomes_ready(&ready).await, "the first start");

    // Joined for its process id; given back so that the program is alone with its server again.
    let beside = start(&folder, &var).await.unwrap();
    let mut pid = beside.pid().unwrap();
    assert_eq!(beside.release().await.unwrap(), Released::StillUsed);
    let pid_file = var.join("postgres/cluster/data/postmaster.pid");
    for _ in 0..2 {
        kill_9(pid);
        assert!(becomes_ready(&ready).await, "the site answers again");
        let text = fs::read_to_string(&pid_file).unwrap();
        let next: i32 = text.lines().next().unwrap().trim().parse().unwrap();
        assert_ne!(next, pid, "another server");
        pid = next;
    }
    let own = i32::try_from(program.id()).unwrap();
    kill(Pid::from_raw(own), Signal::SIGTERM).unwrap();
    assert!(program.wait().unwrap().success());
    assert!(!pid_file.exists(), "its last server was stopped with it");
}

/// Whether the site says within a minute, after an answer to the contrary or not, that its
/// database answers.
async fn becomes_ready(address: &str) -> bool {
    // A server that was killed still lets its last connections finish: its death shows first.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let give_up = Instant::now() + Duration::from_mins(1);
    while Instant::now() < give_up {
        if let Ok(answer) = reqwest::get(address).await
            && answer.status().is_success()
        {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    false
}
