//! Filings under fire: the program is killed, then the program and every process of its PostgreSQL,
//! while thirty-two people file. What a page confirmed is there afterwards, once.

mod outbox;
mod person;
mod two_nodes;

use std::collections::{HashMap, HashSet};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::crash::person::{Person, facts_of};
use crate::support::filing::Receipt;
use crate::support::folder::TestFolder;

const N_FILINGS: usize = 500;
const N_CLIENTS: usize = 32;
/// Everything must be over by then.
const BOUND: Duration = Duration::from_mins(1);

/// Starts the real program; fsync is on, as in service.
fn serve(data_dir: &Path, listen: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_reclamations"))
        .args([
            "serve",
            "--rate-limits",
            "off",
            "--listen",
            listen,
            "--data-dir",
        ])
        .arg(data_dir)
        .env("RUST_LOG", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The postmaster of the data folder and its children, as the kernel knows them.
fn postgres_of(data_dir: &Path) -> Vec<Pid> {
    let pid_file = data_dir.join("postgres/cluster/data/postmaster.pid");
    let text = std::fs::read_to_string(pid_file).unwrap();
    let postmaster: i32 = text.lines().next().unwrap().trim().parse().unwrap();
    let children = format!("/proc/{postmaster}/task/{postmaster}/children");
    let children = std::fs::read_to_string(children).unwrap();
    let children = children
        .split_whitespace()
        .map(|pid| pid.parse::<i32>().unwrap());
    std::iter::once(postmaster)
        .chain(children)
        .map(Pid::from_raw)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_confirmed_survives_kills_exactly_once() {
    let folder = TestFolder::new();
    let var = folder.path().join("var");
    let listen = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let address = format!("http://{listen}");
    let give_up = Instant::now() + BOUND;
    let mut program = serve(&var, &listen);

    let confirmed: Confirmed = Arc::default();
    let people = everybody_files(&confirmed, &address, give_up);
    until(&confirmed, N_FILINGS / 5, give_up).await;
    program.kill().unwrap();
    program.wait().unwrap();
    program = serve(&var, &listen);

    until(&confirmed, N_FILINGS / 2, give_up).await;
    let postgres = postgres_of(&var);
    assert!(postgres.len() > 3, "{postgres:?}");
    program.kill().unwrap();
    for pid in postgres {
        // Some see the end of the postmaster first.
        kill(pid, Signal::SIGKILL).ok();
    }
    program.wait().unwrap();
    program = serve(&var, &listen);

    for person in people {
        person.await.unwrap();
    }
    let confirmed = confirmed.lock().await;
    assert_eq!(confirmed.len(), N_FILINGS);
    everyone_finds_their_case(&address, &confirmed).await;

    // The whole server ends with its program; what was confirmed is there once, the journals whole.
    kill(
        Pid::from_raw(program.id().try_into().unwrap()),
        Signal::SIGTERM,
    )
    .unwrap();
    assert!(program.wait().unwrap().success());
    once_each(&var, &confirmed).await;
}

/// What each filing was given by its page, by its number.
type Confirmed = Arc<Mutex<HashMap<usize, Receipt>>>;

/// Thirty-two people share the filings.
fn everybody_files(confirmed: &Confirmed, address: &str, give_up: Instant) -> Vec<JoinHandle<()>> {
    let next = Arc::new(AtomicUsize::new(0));
    let one = || {
        let (confirmed, next) = (Arc::clone(confirmed), Arc::clone(&next));
        let address = address.to_owned();
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= N_FILINGS {
                    return;
                }
                let receipt = Person::new(&address, give_up).file(number).await;
                confirmed.lock().await.insert(number, receipt);
            }
        })
    };
    (0..N_CLIENTS).map(|_| one()).collect()
}

async fn until(confirmed: &Mutex<HashMap<usize, Receipt>>, count: usize, give_up: Instant) {
    while confirmed.lock().await.len() < count {
        assert!(
            Instant::now() < give_up,
            "{count} filings were not confirmed in time"
        );
        sleep(Duration::from_millis(5)).await;
    }
}

/// Each reference opens, by its code, the case of its own filing.
async fn everyone_finds_their_case(address: &str, confirmed: &HashMap<usize, Receipt>) {
    let distinct: HashSet<&str> = confirmed
        .values()
        .map(|kept| kept.reference.as_str())
        .collect();
    assert_eq!(distinct.len(), confirmed.len());
    let person = Person::new(address, Instant::now() + BOUND);
    let csrf = person.get("/suivi").await.value("csrf");
    for kept in confirmed.values() {
        let fields = [
            ("csrf", csrf.as_str()),
            ("reference", &kept.reference),
            ("code", &kept.code),
        ];
        let mut page = person.post("/suivi", &fields).await;
        if page.status == 303 {
            let there = page.location().to_owned();
            page = person.get(&there).await;
        }
        assert!(
            page.status == 200 && page.text().contains(&kept.reference),
            "{kept:?}"
        );
    }
}

async fn once_each(var: &Path, confirmed: &HashMap<usize, Receipt>) {
    let verify = Command::new(env!("CARGO_BIN_EXE_reclamations"))
        .args(["verify", "--data-dir"])
        .arg(var)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&verify.stdout);
    assert!(verify.status.success(), "{said}");

    let options = reclamations::db::embedded::Options::default();
    let server = reclamations::db::embedded::start(var, options)
        .await
        .unwrap();
    let (client, connection) = tokio_postgres::connect(&server.url(), tokio_postgres::NoTls)
        .await
        .unwrap();
    let driver = tokio::spawn(connection);
    let counts = "SELECT f.facts, count(*) FROM filings f JOIN cases c ON c.id = f.case_id \
                  JOIN journal_events e ON e.chain = c.id AND e.seq = 1 \
                  JOIN outbox o ON o.about = c.id GROUP BY f.facts";
    let rows = client.query(counts, &[]).await.unwrap();
    let counts: HashMap<String, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for number in confirmed.keys() {
        assert_eq!(counts.get(&facts_of(*number)), Some(&1), "{number}");
    }
    assert_eq!(
        counts.len(),
        confirmed.len(),
        "nothing was filed that nobody sent"
    );
    drop(client);
    driver.await.unwrap().unwrap();
    server.release().await.unwrap();
}
