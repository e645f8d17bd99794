//! Acting after a link when the code cannot be taken: a new one was made, or too many wrong ones
//! were tried. What was typed stays.

use crate::public::following::link::link;
use crate::public::following::person::CASE;
use crate::public::following::{ADDRESS, TODAY, confirm};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::filing::{COMPLAINT, Receipt, file};

const TYPED: &str = "Écrit avec soin.";

/// A case opened by a link, and the token of its page.
async fn by_link(app: &TestApp) -> (Browser, Receipt, String) {
    let receipt = file(&app.browser(), &COMPLAINT).await;
    confirm(app, &receipt).await;
    let reader = app.browser();
    let path = link(app, &receipt, ADDRESS, 0);
    reader.fill(&path, &[]).await.location();
    let csrf = reader.get(CASE).await.value("csrf");
    (reader, receipt, csrf)
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_wrong_codes_wait_and_the_message_stays() {
    let app = TestApp::spawn_with(TODAY, &["--guesses-per-quarter", "2"]).await;
    let (reader, receipt, csrf) = by_link(&app).await;
    let path = format!("{CASE}/message");
    let fields = |code| [("csrf", &*csrf), ("message", TYPED), ("code_acces", code)];
    for _ in 0..2 {
        let refused = reader.post(&path, &fields("AAAA-BBBB-CCCC")).await;
        assert_eq!(refused.status, 422);
    }
    let stopped = reader.post(&path, &fields(&receipt.code)).await;
    assert_eq!(stopped.status, 429);
    assert!(stopped.headers.contains_key("retry-after"));
    assert_eq!(stopped.value("message"), TYPED);
    assert!(
        stopped.text().contains("dans 15 minutes"),
        "{}",
        stopped.text()
    );
    app.state.clock.advance(chrono::TimeDelta::minutes(15));
    let again = stopped.value("csrf");
    let fields = [
        ("csrf", &*again),
        ("message", TYPED),
        ("code_acces", &receipt.code),
    ];
    let sent = reader.post(&path, &fields).await;
    assert_eq!(sent.location(), "/suivi/dossier?fait=message");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_code_is_right_though_the_link_was_opened_before_it() {
    let app = TestApp::spawn_at(TODAY).await;
    let (reader, receipt, csrf) = by_link(&app).await;
    let renewed = "UPDATE cases SET code_generation = code_generation + 1 RETURNING id";
    let case: i64 = app.database.rows(renewed).await[0].get(0);
    let key = &app.state.keys.access_codes;
    let code = reclamations::case::AccessCode::of(key, reclamations::case::CaseId(case), 1);
    let path = format!("{CASE}/message");
    let fields = [
        ("csrf", &*csrf),
        ("message", TYPED),
        ("code_acces", &code.to_string()),
    ];
    let closed = reader.post(&path, &fields).await;
    assert_eq!(closed.texts("h1"), ["Votre dossier s’est refermé"]);
    assert_eq!(closed.texts("textarea#message"), [TYPED]);
    let code = code.to_string();
    let key = [
        ("dossier_reference", &*receipt.reference),
        ("dossier_code", &code),
    ];
    let csrf = closed.value("csrf");
    let fields = [[("csrf", &*csrf), ("message", TYPED)], key].concat();
    let sent = reader.post(&path, &fields).await;
    assert_eq!(sent.location(), "/suivi/dossier?fait=message");
}
