//! Several processes on one data folder: who starts, who stops, who is refused.

use std::time::{Duration, Instant};

use reclamations::db::embedded::{EmbeddedError, Released, ServeLock};

use crate::embedded::{has_mark, start, write_mark};
use crate::support::folder::TestFolder;

#[tokio::test]
async fn the_last_one_out_stops_the_server_and_the_next_one_finds_the_data() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let first = start(&folder, &var).await.unwrap();
    let second = start(&folder, &var).await.unwrap();
    let pid = first.pid();
    assert!(pid.is_some());
    assert_eq!(second.pid(), pid, "one server for both");
    write_mark(&first).await;

    assert_eq!(first.release().await.unwrap(), Released::StillUsed);
    assert!(has_mark(&second).await);
    assert_eq!(second.pid(), pid);
    assert_eq!(second.release().await.unwrap(), Released::Stopped);

    let third = start(&folder, &var).await.unwrap();
    assert_ne!(third.pid(), pid);
    assert!(has_mark(&third).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_share_one_server() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let (a, b, c) = tokio::join!(
        start(&folder, &var),
        start(&folder, &var),
        start(&folder, &var)
    );
    let (a, b, c) = (a.unwrap(), b.unwrap(), c.unwrap());
    assert!(a.pid().is_some());
    assert_eq!(a.pid(), b.pid());
    assert_eq!(b.pid(), c.pid());
    let (a, b, c) = tokio::join!(a.release(), b.release(), c.release());
    let outcomes = [a.unwrap(), b.unwrap(), c.unwrap()];
    let n_stops = outcomes.iter().filter(|one| **one == Released::Stopped);
    assert_eq!(n_stops.count(), 1, "{outcomes:?}");
}

#[tokio::test]
async fn joining_a_running_server_takes_no_time() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let _running = start(&folder, &var).await.unwrap();
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        let joined = start(&folder, &var).await.unwrap();
        best = best.min(begun.elapsed());
        joined.release().await.unwrap();
    }
    assert!(best < Duration::from_millis(500), "{best:?}");
}

#[tokio::test]
async fn a_second_serve_on_the_same_folder_is_refused_by_name() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let first = ServeLock::acquire(&var).unwrap();
    let Err(refused) = ServeLock::acquire(&var) else {
        panic!("two have the right to serve");
    };
    let EmbeddedError::AlreadyServing { pid, .. } = &refused else {
        panic!("{refused}");
    };
    assert_eq!(*pid, std::process::id().to_string());
    let text = refused.to_string();
    assert!(
        text.contains("var") && text.contains("--data-dir"),
        "{text}"
    );

    ServeLock::acquire(&folder.path().join("other")).unwrap();
    drop(first);
    ServeLock::acquire(&var).unwrap();
}
