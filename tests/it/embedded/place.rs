//! Where the database lies: long paths, closed parents, moved and copied data folders.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use reclamations::db::embedded::{EmbeddedError, Server};
use tokio_postgres::Config;
use tokio_postgres::config::Host;

use crate::embedded::{has_mark, start, write_mark};
use crate::support::folder::TestFolder;

fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// What a person types to copy a whole clone.
fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-a").args([from, to]).status();
    assert!(status.unwrap().success());
}

/// Nobody but the server's user and root can enter the folder of the socket, nor the database.
fn assert_closed_to_others(server: &Server) {
    let settings: Config = server.url().parse().unwrap();
    let [Host::Unix(socket)] = settings.get_hosts() else {
        panic!("not a socket: {settings:?}");
    };
    for private in [socket, &server.place().join("cluster")] {
        let mode = fs::metadata(private).unwrap().mode();
        assert_eq!(mode & 0o7777, 0o700, "{}", private.display());
    }
    let found = fs::metadata(socket.join(".s.PGSQL.5432")).unwrap();
    assert_eq!(found.mode() & 0o077, 0, "the socket itself");
    assert_ne!(found.uid(), 0, "PostgreSQL refuses root");
}

#[tokio::test]
async fn the_database_stays_in_the_data_folder_when_it_can() {
    let folder = TestFolder::new();
    let server = start(&folder, &folder.path().join("a b,c'd"))
        .await
        .unwrap();
    assert!(!server.is_elsewhere());
    assert_closed_to_others(&server);
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_works() {
    let folder = TestFolder::new();
    let var = folder.path().join("long-".repeat(20)).join("var");
    let server = start(&folder, &var).await.unwrap();
    assert_eq!(server.is_elsewhere(), is_root());
    assert_closed_to_others(&server);
    write_mark(&server).await;
    server.release().await.unwrap();
    let again = start(&folder, &var).await.unwrap();
    assert!(has_mark(&again).await);
    again.release().await.unwrap();
}

#[tokio::test]
async fn a_parent_closed_to_the_servers_user_works() {
    let folder = TestFolder::new();
    let var = folder.make("closed", 0o700).join("var");
    let server = start(&folder, &var).await.unwrap();
    assert_eq!(server.is_elsewhere(), is_root());
    assert_closed_to_others(&server);
    write_mark(&server).await;
    server.release().await.unwrap();
    let again = start(&folder, &var).await.unwrap();
    assert!(has_mark(&again).await);
}

#[test]
fn a_strict_umask_closes_nothing_to_the_servers_user() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let migrate = Command::new("/bin/sh")
        .args(["-c", r#"umask 077; exec "$@""#, "sh"])
        .args([env!("CARGO_BIN_EXE_reclamations"), "migrate", "--data-dir"])
        .arg(&var)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&migrate.stderr);
    assert!(migrate.status.success(), "{told}");
    assert!(var.join("postgres").is_dir(), "{told}");
}

#[tokio::test]
async fn a_moved_data_folder_keeps_its_database() {
    let folder = TestFolder::new();
    for mode in [0o711, 0o700] {
        let clone = folder.make(&format!("clone-{mode:o}"), mode);
        let server = start(&folder, &clone.join("var")).await.unwrap();
        write_mark(&server).await;
        server.release().await.unwrap();
        let moved = folder.path().join(format!("moved-{mode:o}"));
        fs::rename(&clone, &moved).unwrap();
        let server = start(&folder, &moved.join("var")).await.unwrap();
        assert!(has_mark(&server).await);
    }
}

#[tokio::test]
async fn a_copy_beside_the_first_never_finds_the_firsts_data() {
    let folder = TestFolder::new();
    // For root, the database of the second is elsewhere, and the copied id leads to it.
    for mode in [0o711, 0o700] {
        let clone = folder.make(&format!("clone-{mode:o}"), mode);
        let first = start(&folder, &clone.join("var")).await.unwrap();
        write_mark(&first).await;
        let copied = folder.path().join(format!("copy-{mode:o}"));
        copy(&clone, &copied);

        let second = start(&folder, &copied.join("var")).await.unwrap();
        assert_ne!(second.pid(), first.pid());
        assert_ne!(second.place(), first.place());
        assert!(!has_mark(&second).await);
        second.release().await.unwrap();
        let second = start(&folder, &copied.join("var")).await.unwrap();
        assert!(!has_mark(&second).await, "nor at its second start");
        assert!(has_mark(&first).await, "and the first has lost nothing");
    }
}

#[tokio::test]
async fn a_copy_whose_first_is_gone_is_not_guessed_at() {
    let folder = TestFolder::new();
    let clone = folder.make("clone", 0o700);
    let first = start(&folder, &clone.join("var")).await.unwrap();
    write_mark(&first).await;
    first.release().await.unwrap();
    let moved = folder.path().join("moved");
    copy(&clone, &moved);
    fs::remove_dir_all(&clone).unwrap();

    let server = match start(&folder, &moved.join("var")).await {
        // The data came along.
        Ok(server) if !is_root() => server,
        // The data is elsewhere, and this could be one of two copies: a person decides.
        Err(EmbeddedError::Moved { mark, .. }) if is_root() => {
            fs::remove_file(mark).unwrap();
            start(&folder, &moved.join("var")).await.unwrap()
        }
        other => panic!("{other:?}"),
    };
    assert!(has_mark(&server).await);
}
