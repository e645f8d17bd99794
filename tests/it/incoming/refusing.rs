//! A server of a mailbox that says no: nothing is lost by it, nothing is taken for gone.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use reclamations::mail::mailbox::{Connection, Place};
use reclamations::staff::Role;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::incoming::mailbox::of;
use crate::support::app::TestApp;

/// What the server has and says; its one e-mail has the number 1.
#[derive(Default)]
struct Script {
    /// To how many fetches it says no.
    refuses: usize,
    /// Whether it finds the e-mail when it is asked for that one.
    finds: bool,
    /// Whether it says no to that question.
    refuses_search: bool,
    is_seen: bool,
    n_fetches: usize,
}

/// Speaks the few words that are needed, and says where.
async fn server(script: Script) -> (String, Arc<Mutex<Script>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let script = Arc::new(Mutex::new(script));
    let told = Arc::clone(&script);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(speak(stream, Arc::clone(&told)));
        }
    });
    (format!("imap://u:p@127.0.0.1:{port}"), script)
}

async fn speak(stream: TcpStream, script: Arc<Mutex<Script>>) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"* OK hello\r\n").await.unwrap();
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|n| n > 0) {
        let (tag, command) = line.trim_end().split_once(' ').unwrap();
        if command == "IDLE" {
            idle(&mut stream).await;
        }
        let (told, status) = answer(command, &mut script.lock().unwrap());
        let answer = format!("{told}{tag} {status} done\r\n");
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        line.clear();
    }
}

/// Tells of something twice a second.
async fn idle(stream: &mut BufReader<TcpStream>) {
    stream.write_all(b"+ idling\r\n").await.ok();
    tokio::time::sleep(Duration::from_millis(500)).await;
    stream.write_all(b"* 1 EXISTS\r\n").await.ok();
    let mut done = String::new();
    stream.read_line(&mut done).await.ok();
}

fn answer(command: &str, script: &mut Script) -> (String, &'static str) {
    let mail = String::from_utf8(of(1)).unwrap();
    let found = |is_found: bool| format!("* SEARCH{}\r\n", if is_found { " 1" } else { "" });
    let told = match command {
        "CAPABILITY" => "* CAPABILITY IMAP4rev1 IDLE\r\n".to_owned(),
        "UID SEARCH UNSEEN" => found(!script.is_seen),
        "UID SEARCH UID 1" if script.refuses_search => return (String::new(), "NO"),
        "UID SEARCH UID 1" => found(script.finds),
        _ if command.starts_with("SELECT") => {
            "* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x\r\n".to_owned()
        }
        _ if command.starts_with("UID SEARCH") => found(true),
        _ if command.starts_with("UID FETCH") => {
            script.n_fetches += 1;
            if script.n_fetches <= script.refuses {
                return (String::new(), "NO");
            }
            let size = mail.len();
            if !script.finds {
                String::new()
            } else if command.contains("SIZE") {
                format!("* 1 FETCH (UID 1 RFC822.SIZE {size})\r\n")
            } else {
                format!("* 1 FETCH (UID 1 BODY[]<0> {{{size}}}\r\n{mail})\r\n")
            }
        }
        _ => {
            script.is_seen |= command.starts_with("UID STORE");
            String::new()
        }
    };
    (told, "OK")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_is_gone_only_when_a_search_that_succeeds_does_not_find_it() {
    for (refuses, finds, refuses_search, is_failure) in [
        (9, true, false, true),
        (9, false, true, true),
        (9, false, false, false),
        (0, false, false, false),
    ] {
        let (url, _script) = server(Script {
            refuses,
            finds,
            refuses_search,
            ..Script::default()
        })
        .await;
        let place = Place::parse(&url, None).unwrap();
        let mut open = Connection::open(&place, "INBOX").await.unwrap();
        let fetched = open.fetch(1).await;
        assert_eq!(fetched.is_err(), is_failure, "{refuses} {finds}");
        assert!(fetched.is_err() || fetched.is_ok_and(|letter| letter.is_none()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_that_the_server_refused_for_a_while_comes_in() {
    let (url, script) = server(Script {
        refuses: 2,
        finds: true,
        ..Script::default()
    })
    .await;
    let app = TestApp::spawn_with("2026-05-04T08:00:00Z", &["--mailbox", &url]).await;
    let background = app.start_background();
    let told = "SELECT count(*) = 1 FROM mailbox_folders WHERE failure = 'broken'";
    app.until(told, Duration::from_secs(20)).await;
    assert!(!script.lock().unwrap().is_seen, "kept by nobody yet");
    app.until("SELECT count(*) = 1 FROM cases", Duration::from_secs(30))
        .await;
    background.finish().await;
    assert!(script.lock().unwrap().is_seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_not_marked_as_read() {
    let (url, script) = server(Script::default()).await;
    let app = TestApp::spawn_with("2026-05-04T08:00:00Z", &["--mailbox", &url]).await;
    let background = app.start_background();
    let reached = "SELECT count(*) = 1 FROM mailbox_folders WHERE reached_at IS NOT NULL";
    app.until(reached, Duration::from_secs(20)).await;
    background.finish().await;
    let script = script.lock().unwrap();
    assert!(script.n_fetches > 0 && !script.is_seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_e_mail_that_is_never_given_is_stepped_over_told_and_asked_for_again() {
    let (url, script) = server(Script {
        refuses: usize::MAX,
        finds: true,
        ..Script::default()
    })
    .await;
    let app = TestApp::spawn_with("2026-05-04T08:00:00Z", &["--mailbox", &url]).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    let background = app.start_background();
    // Tries that follow each other within a minute are one.
    for n_attempts in 1..=3 {
        let tried =
            format!("SELECT count(*) = 1 FROM mailbox_refusals WHERE n_attempts = {n_attempts}");
        app.until(&tried, Duration::from_secs(40)).await;
        app.state.clock.advance(TimeDelta::minutes(1));
    }
    // The folder is read again, without it.
    let over = "SELECT failed_at IS NULL AND reached_at IS NOT NULL FROM mailbox_folders";
    app.until(over, Duration::from_secs(40)).await;
    for page in ["/gestion/courriels/recus", "/gestion"] {
        let told = browser.get(page).await.texts(".callout").concat();
        assert!(
            told.contains("Un courriel du dossier INBOX n’arrive pas"),
            "{page}: {told}"
        );
    }
    // An hour later in vain, and another one later to its end.
    app.state.clock.advance(TimeDelta::hours(1));
    let tried = "SELECT n_attempts = 4 FROM mailbox_refusals";
    app.until(tried, Duration::from_secs(20)).await;
    assert_eq!(app.count("cases").await, 0);
    script.lock().unwrap().refuses = 0;
    app.state.clock.advance(TimeDelta::hours(1));
    app.until("SELECT count(*) = 1 FROM cases", Duration::from_secs(20))
        .await;
    assert_eq!(app.count("mailbox_refusals").await, 0);
    background.finish().await;
    assert!(script.lock().unwrap().is_seen);
    let told = browser.get("/gestion/courriels/recus").await;
    assert!(!told.text().contains("n’arrive pas"), "{}", told.text());
}
