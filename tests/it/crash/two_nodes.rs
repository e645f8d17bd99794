//! Two programs on one database, behind a proxy: sessions hold on both, one is killed while people
//! file, and nothing is lost, done twice or sent twice.

use std::collections::HashSet;
use std::net::TcpListener as Listener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use reclamations::clock::Clock;
use reclamations::journal::Actor;
use reclamations::staff::{self, DisplayName, NewAccount, Role, Roles, StaffEmail};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::crash::person::{Person, facts_of};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::folder::TestFolder;
use crate::support::smtp::SmtpServer;
use crate::support::totp::{PASSWORD, Phone};

const N_FILINGS: usize = 48;
const N_CLIENTS: usize = 8;
/// Everything must be over by then.
const BOUND: Duration = Duration::from_mins(2);

/// A program on the shared database; killed when dropped.
struct Node {
    address: String,
    process: Child,
}

impl Node {
    fn start(url: &str, folder: &Path, name: &str, flags: &[&str]) -> Self {
        let free = Listener::bind("127.0.0.1:0").unwrap();
        let listen = free.local_addr().unwrap().to_string();
        drop(free);
        let process = program(url, folder)
            .args(["--listen", &listen, "--data-dir"])
            .arg(folder.join(name))
            .args(flags)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            address: listen,
            process,
        }
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn program(url: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reclamations"));
    command
        .arg("serve")
        .args(["--rate-limits", "off", "--database-url", url])
        .arg("--secret-key-file")
        .arg(folder.join("key"))
        .env("RUST_LOG", "off")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Passes connections to one node after the other, past one that is dead.
async fn proxy(listener: TcpListener, nodes: [String; 2]) {
    let turn = Arc::new(AtomicUsize::new(0));
    while let Ok((mut near, _)) = listener.accept().await {
        let first = turn.fetch_add(1, Ordering::SeqCst);
        let nodes = nodes.clone();
        tokio::spawn(async move {
            for node in nodes.iter().cycle().skip(first % 2).take(2) {
                if let Ok(mut far) = TcpStream::connect(node).await {
                    tokio::io::copy_bidirectional(&mut near, &mut far)
                        .await
                        .ok();
                    return;
                }
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_share_sessions_acts_and_mail_and_one_may_die() {
    let (database, folder, relay) = (
        TestDatabase::new().await,
        TestFolder::new(),
        SmtpServer::start().await,
    );
    std::fs::write(folder.path().join("key"), [7; 32]).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let public = format!("http://{}", listener.local_addr().unwrap());
    let (url, mail) = (database.url().await, relay.url());
    let flags = ["--public-url", &public, "--relay", &mail];
    let mut one = Node::start(&url, folder.path(), "one", &flags);
    let other = Node::start(&url, folder.path(), "other", &flags);
    tokio::spawn(proxy(
        listener,
        [one.address.clone(), other.address.clone()],
    ));
    let give_up = Instant::now() + BOUND;
    for node in [&one, &other] {
        answers(&node.address, give_up).await;
    }

    let staff = supervisor(&database, &public).await;
    for _ in 0..4 {
        // Connections alternate: the session holds wherever it was opened.
        assert_eq!(alone(&public, &staff).get("/gestion").await.status, 200);
    }
    let confirmed = Arc::new(AtomicUsize::new(0));
    let people = everybody(&public, &confirmed, give_up);
    while confirmed.load(Ordering::SeqCst) < N_FILINGS / 3 {
        assert!(Instant::now() < give_up, "filings take too long");
        sleep(Duration::from_millis(5)).await;
    }
    one.kill();
    let filed: HashSet<String> = people.join_all().await.into_iter().flatten().collect();
    assert_eq!(filed.len(), N_FILINGS);

    let browser = alone(&public, &staff);
    while !browser
        .get("/gestion")
        .await
        .texts(".tabs .count")
        .contains(&N_FILINGS.to_string())
    {
        assert!(Instant::now() < give_up, "the counts never agree");
        sleep(Duration::from_millis(500)).await;
    }
    once_each(&database).await;
    mailed_once(&database, &relay, give_up).await;
    let verified = reclamations::journal::verify(&mut database.conn().await).await;
    assert_eq!(
        verified.unwrap().n_chains,
        u64::try_from(N_FILINGS + 1).unwrap()
    );
}

async fn answers(address: &str, give_up: Instant) {
    while !reqwest::get(format!("http://{address}/readyz"))
        .await
        .is_ok_and(|answer| answer.status() == 200)
    {
        assert!(Instant::now() < give_up, "{address} does not answer");
        sleep(Duration::from_millis(30)).await;
    }
}

/// A new connection with someone's cookies.
fn alone(public: &str, cookies: &str) -> Browser {
    let browser = Browser::new(public);
    for cookie in cookies.split("; ") {
        browser.set_cookie(cookie);
    }
    browser
}

/// Enrols someone and returns their cookies.
async fn supervisor(database: &TestDatabase, public: &str) -> String {
    let new = NewAccount {
        email: StaffEmail::parse("camille.durand@example.org").unwrap(),
        name: DisplayName::parse("Camille Durand").unwrap(),
        roles: Roles::from(Role::Supervisor),
    };
    let (hour, actor, now) = (TimeDelta::hours(1), Actor::Operator, Clock::System.now());
    let link = staff::add(&mut database.conn().await, &new, hour, actor, now).await;
    let browser = Browser::new(public);
    let first = format!("/gestion/activation/{}", link.unwrap().token.expose());
    let passwords = [("password", PASSWORD), ("again", PASSWORD)];
    let second = browser.fill(&first, &passwords).await.location().to_owned();
    let phone = Phone::from_page(&browser.get(&second).await);
    let code = phone.code(Clock::System.now());
    let enrolled = browser.fill(&second, &[("code", &code)]).await;
    assert_eq!(enrolled.location(), "/gestion");
    browser.cookies()
}

/// A few people share the filings; each returns the references of theirs.
fn everybody(
    public: &str,
    confirmed: &Arc<AtomicUsize>,
    give_up: Instant,
) -> tokio::task::JoinSet<Vec<String>> {
    let mut people = tokio::task::JoinSet::new();
    for client in 0..N_CLIENTS {
        let (public, confirmed) = (public.to_owned(), Arc::clone(confirmed));
        people.spawn(async move {
            let mut references = Vec::new();
            for number in (client..N_FILINGS).step_by(N_CLIENTS) {
                let receipt = Person::new(&public, give_up).file(number).await;
                references.push(receipt.reference);
                confirmed.fetch_add(1, Ordering::SeqCst);
            }
            references
        });
    }
    people
}

/// What was filed is there once, and nothing that nobody sent.
async fn once_each(database: &TestDatabase) {
    let rows = database
        .rows("SELECT facts FROM filings ORDER BY facts")
        .await;
    let kept: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let mut sent: Vec<String> = (0..N_FILINGS).map(facts_of).collect();
    sent.sort_unstable();
    assert_eq!(kept, sent);
}

/// Every acknowledgement has left once, but for those that the dead node held: they come back when
/// its hold is over.
async fn mailed_once(database: &TestDatabase, relay: &SmtpServer, give_up: Instant) {
    let count = async |condition: &str| -> usize {
        let sql = format!("SELECT count(*) FROM outbox WHERE {condition}");
        let n: i64 = database.rows(&sql).await.first().unwrap().get(0);
        usize::try_from(n).unwrap()
    };
    while count("state = 'queued' AND next_attempt_at <= now()").await > 0 {
        assert!(Instant::now() < give_up, "e-mails wait for nobody");
        sleep(Duration::from_millis(200)).await;
    }
    sleep(Duration::from_secs(1)).await;
    let (held, gone) = (
        count("state = 'queued'").await,
        count("state = 'handed_over'").await,
    );
    assert_eq!(held + gone, N_FILINGS);
    let received = relay.received();
    let ids: HashSet<String> = received
        .iter()
        .map(|mail| mail.header("Message-ID").unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), received.len(), "an e-mail was sent twice");
    assert!(
        (gone..=N_FILINGS).contains(&ids.len()),
        "{gone} {}",
        ids.len()
    );
}
