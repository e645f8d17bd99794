//! Twenty files of 10 MB at once, sent to the real program: how much memory it ever took.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::filing::{COMPLAINT, fill_in};
use crate::support::samples::pdf;
use crate::support::upload::{MULTIPART, form};

/// Most memory the program may ever have taken, in KiB.
const BUDGET: u64 = 150 * 1_024;

/// The program, stopped when it is dropped.
struct Program {
    process: Child,
    address: String,
}

impl Program {
    fn start(database: &str, folder: &std::path::Path) -> Self {
        let key = folder.join("key");
        std::fs::write(&key, [7; 32]).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_reclamations"))
            .args(["serve", "--listen", "127.0.0.1:0", "--secret-key-file"])
            .arg(&key)
            .env("DATABASE_URL", database)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let address = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(address.starts_with("http://"), "{line}");
        // Kept open: the program still has things to say.
        std::thread::spawn(move || said.lines().for_each(drop));
        Self { process, address }
    }

    /// A line of its state, in KiB.
    fn memory(&self, name: &str) -> u64 {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap()
            .split_whitespace()
            .nth(1)
            .unwrap()
            .parse()
            .unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.process.kill().unwrap_or_default();
        drop(self.process.wait());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_large_files_at_once_stay_within_the_budget() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&database.url().await, folder.path());
    let before = program.memory("VmHWM");
    let bytes = pdf(10_000_000);
    let sent = (0..20).map(async |n| {
        let browser = Browser::new(&program.address);
        fill_in(&browser, &COMPLAINT[..3]).await;
        let csrf = browser.get("/deposer/pieces").await.value("csrf");
        let body = form(&csrf, &format!("{n}.pdf"), &bytes, "ajouter");
        browser.send("/deposer/pieces", MULTIPART, body).await
    });
    for page in futures_util::future::join_all(sent).await {
        assert_eq!(page.location(), "/deposer/pieces?avis=ajoute");
    }
    let peak = program.memory("VmHWM");
    let whole = database
        .rows("SELECT count(*), sum(size)::bigint FROM uploads WHERE received_at IS NOT NULL")
        .await;
    assert_eq!(whole[0].get::<_, i64>(0), 20);
    assert_eq!(whole[0].get::<_, i64>(1), 200_000_000);
    assert!(peak < BUDGET, "{before} KiB, then {peak} KiB");
}
