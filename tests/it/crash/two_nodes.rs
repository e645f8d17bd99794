//! Two programs on one database, behind a proxy: sessions hold on both, one of two acts decided on
//! the same page wins, one program is killed while people file, and nothing is lost, done twice or
//! sent twice.

use std::collections::HashSet;
use std::net::TcpListener as Listener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reclamations::clock::Clock;
use reclamations::journal;
use reclamations::staff::Role;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::crash::person::{Person, facts_of};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::folder::TestFolder;
use crate::support::phone::invite;
use crate::support::smtp::SmtpServer;

const N_FILINGS: usize = 24;
const N_CLIENTS: usize = 6;
/// Everything must be over by then.
const BOUND: Duration = Duration::from_mins(2);

/// A program on the shared database; killed when dropped.
struct Node {
    address: String,
    process: Child,
}

impl Node {
    /// Starts one and waits until it answers.
    async fn start(name: &str, folder: &Path, flags: &[&str], give_up: Instant) -> Self {
        let free = Listener::bind("127.0.0.1:0").unwrap();
        let listen = free.local_addr().unwrap().to_string();
        drop(free);
        let process = Command::new(env!("CARGO_BIN_EXE_reclamations"))
            .args(["serve", "--rate-limits", "off", "--workers", "2"])
            .args(["--listen", &listen, "--data-dir"])
            .arg(folder.join(name))
            .arg("--secret-key-file")
            .arg(folder.join("key"))
            .args(flags)
            .env("RUST_LOG", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let address = format!("http://{listen}");
        let node = Self { address, process };
        while !reqwest::get(format!("{}/readyz", node.address))
            .await
            .is_ok_and(|answer| answer.status() == 200)
        {
            assert!(Instant::now() < give_up, "{name} does not answer");
            sleep(Duration::from_millis(30)).await;
        }
        node
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Passes connections to one node after the other, past one that is dead.
async fn proxy(listener: TcpListener, nodes: [String; 2]) {
    let mut first = 0;
    while let Ok((mut near, _)) = listener.accept().await {
        first += 1;
        let nodes = nodes.clone();
        tokio::spawn(async move {
            for node in nodes.iter().cycle().skip(first % 2).take(2) {
                let place = node.strip_prefix("http://").unwrap();
                if let Ok(mut far) = TcpStream::connect(place).await {
                    let passed = tokio::io::copy_bidirectional(&mut near, &mut far);
                    return passed.await.map(drop).unwrap_or_default();
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
    let give_up = Instant::now() + BOUND;
    std::fs::write(folder.path().join("key"), [7; 32]).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let public = format!("http://{}", listener.local_addr().unwrap());
    let (url, mail) = (database.url().await, relay.url());
    let flags = [
        "--database-url",
        &url,
        "--public-url",
        &public,
        "--relay",
        &mail,
    ];
    let one = Node::start("one", folder.path(), &flags, give_up).await;
    let other = Node::start("other", folder.path(), &flags, give_up).await;
    let nodes = [one.address.clone(), other.address.clone()];
    tokio::spawn(proxy(listener, nodes.clone()));

    let desks = desks(&database, &nodes).await;
    let first = Person::new(&public, give_up).file(0).await.reference;
    one_of_two_acts_wins(&database, &desks, &first).await;

    let confirmed = Arc::new(AtomicUsize::new(1));
    let people = everybody(&public, &confirmed, give_up);
    while confirmed.load(Ordering::SeqCst) < N_FILINGS / 3 {
        assert!(Instant::now() < give_up, "filings take too long");
        sleep(Duration::from_millis(5)).await;
    }
    drop(one);
    let mut filed: HashSet<String> = people.join_all().await.into_iter().flatten().collect();
    filed.insert(first);
    assert_eq!(filed.len(), N_FILINGS);

    let [_, survivor] = &desks;
    let page = survivor.get("/gestion").await;
    let shown: HashSet<String> = page.texts(".inbox .reference").into_iter().collect();
    assert_eq!(shown, filed, "the session outlives the node that began it");
    filed_once(&database).await;
    mailed_once(&database, &relay, give_up).await;
    let verified = journal::verify(&mut database.conn().await).await.unwrap();
    assert_eq!(verified.n_chains, u64::try_from(N_FILINGS + 1).unwrap());
}

/// One supervisor at both nodes: they signed in at the first.
async fn desks(database: &TestDatabase, nodes: &[String; 2]) -> [Browser; 2] {
    let (who, now) = (
        ("camille.durand@example.org", "Camille Durand"),
        Clock::System.now(),
    );
    let token = invite(&mut database.conn().await, who, Role::Supervisor, now).await;
    let [here, there] = nodes;
    let (browser, elsewhere) = (Browser::new(here), Browser::new(there));
    browser.enrol(&token, &[], now).await;
    for cookie in browser.cookies().split("; ") {
        elsewhere.set_cookie(&format!("{cookie}; Path=/gestion"));
    }
    for desk in [&browser, &elsewhere] {
        assert_eq!(desk.get("/gestion").await.status, 200);
    }
    [browser, elsewhere]
}

/// Decided on the same page and sent to both nodes at once: one is done, the other is told so.
async fn one_of_two_acts_wins(database: &TestDatabase, desks: &[Browser; 2], case: &str) {
    let [here, there] = desks;
    let shown = [here.shown(case).await, there.shown(case).await];
    let [here_shown, there_shown] = &shown;
    let (done, refused) = tokio::join!(
        here.act_on(here_shown, case, "note", &[("note", "Vu ici.")]),
        there.act_on(there_shown, case, "note", &[("note", "Vu là.")]),
    );
    let mut statuses = [done.status.as_u16(), refused.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let sql = "SELECT (SELECT count(*) FROM notes), \
               (SELECT count(*) FROM journal_events WHERE kind = 'note.written')";
    let rows = database.rows(sql).await;
    let row = rows.first().unwrap();
    let counted: (i64, i64) = (row.get(0), row.get(1));
    assert_eq!(counted, (1, 1));
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
            for number in (1 + client..N_FILINGS).step_by(N_CLIENTS) {
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
async fn filed_once(database: &TestDatabase) {
    let rows = database
        .rows("SELECT facts FROM filings ORDER BY facts")
        .await;
    let kept: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let mut sent: Vec<String> = (0..N_FILINGS).map(facts_of).collect();
    sent.sort_unstable();
    assert_eq!(kept, sent);
}

/// Each case has one acknowledgement, and each has left once, but for those that the dead node held:
/// they come back when its hold is over.
async fn mailed_once(database: &TestDatabase, relay: &SmtpServer, give_up: Instant) {
    let count = async |what: &str| -> usize {
        let sql = format!("SELECT {what} FROM outbox");
        let n: i64 = database.rows(&sql).await.first().unwrap().get(0);
        usize::try_from(n).unwrap()
    };
    let waiting = "count(*) FILTER (WHERE state = 'queued' AND next_attempt_at <= now())";
    while count(waiting).await > 0 {
        assert!(Instant::now() < give_up, "e-mails wait for nobody");
        sleep(Duration::from_millis(100)).await;
    }
    let owed = "count(DISTINCT about) FILTER (WHERE purpose = 'acknowledgement')";
    let queued = "count(*) FILTER (WHERE purpose = 'acknowledgement')";
    assert_eq!(count(owed).await, N_FILINGS);
    assert_eq!(count(queued).await, N_FILINGS);
    let gone = count("count(*) FILTER (WHERE state = 'handed_over')").await;
    let received = relay.received();
    let ids: HashSet<&str> = received
        .iter()
        .map(|mail| mail.header("Message-ID").unwrap())
        .collect();
    assert_eq!(ids.len(), received.len(), "an e-mail was sent twice");
    assert!(gone <= ids.len(), "{gone} {}", ids.len());
}
