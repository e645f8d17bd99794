//! An e-mail from someone we do not know is a case to be qualified, once.

use reclamations::case::incoming::State;
use reclamations::case::{CaseId, Nature, Reference};

use crate::incoming::writing::{mail, with_pieces};
use crate::support::app::TestApp;
use crate::support::samples;

const AT: &str = "2026-05-04T08:00:00Z";
const JEANNE: &str = "Jeanne =?utf-8?Q?Lef=C3=A8vre?= <Jeanne@example.org>";
const DATED: &str =
    "Subject: Ma plainte\nDate: Sat, 2 May 2026 21:30:00 +0200\nMessage-ID: <1@example.org>\n";

#[tokio::test(flavor = "multi_thread")]
async fn it_counts_as_a_complaint_from_the_day_it_was_written() {
    let app = TestApp::spawn_at(AT).await;
    let raw = mail(JEANNE, DATED, "Ma résiliation n’a pas été traitée.");
    assert_eq!(app.receives(&raw, None).await, Some(State::Filed));
    let row = app
        .database
        .row(
            "SELECT channel, status, nature_declared, nature, first_written_on::text, received_on::text,
                    ack_due_on::text, person_name, email, facts, handler_id, preferred_reply
             FROM cases JOIN legal_dates ON legal_dates.case_id = id JOIN filings ON filings.case_id = id",
        )
        .await;
    let text = |n: usize| row.get::<_, Option<String>>(n).unwrap_or_default();
    let found: Vec<String> = (0..10).map(text).collect();
    assert_eq!(
        found,
        [
            "email",
            "received",
            "",
            "complaint",
            "2026-05-02",
            "2026-05-04",
            "2026-05-16",
            "Jeanne Lefèvre",
            "Jeanne@example.org",
            "Ma plainte\n\nMa résiliation n’a pas été traitée.",
        ]
    );
    assert_eq!(app.lines_of_all().await, ["case.filed"]);
    // Acknowledged by the usual way: an e-mail with nothing of what was written.
    let sent = app
        .database
        .rows("SELECT purpose, recipient, body FROM outbox")
        .await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].get::<_, String>(0), "acknowledgement");
    assert_eq!(sent[0].get::<_, String>(1), "Jeanne@example.org");
    assert!(!sent[0].get::<_, String>(2).contains("résiliation"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_e_mail_by_two_ways_makes_one_case() {
    let app = TestApp::spawn_at(AT).await;
    let raw = mail(JEANNE, DATED, "Un.");
    let again = mail(JEANNE, &format!("Received: from a by b\n{DATED}"), "Un.");
    assert_eq!(app.receives(&raw, None).await, Some(State::Filed));
    assert_eq!(app.receives(&again, None).await, None);
    // Nothing stays of the second, and taking the first again changes nothing.
    assert_eq!(app.count("incoming_mails").await, 1);
    assert_eq!(app.count("uploads").await, 1);
    assert_eq!(app.count("cases").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_take_it_at_once_make_one_case() {
    let app = TestApp::spawn_at(AT).await;
    let raw = with_pieces(
        JEANNE,
        DATED,
        "Un.",
        &[("application/pdf", "a.pdf", &samples::pdf(2_000))],
    );
    let mail = app.keeps(&raw, None).await.unwrap();
    let take = || {
        reclamations::case::incoming::take(
            &app.state.pool,
            &app.state.office,
            mail,
            (1_000_000, app.now()),
        )
    };
    let (one, two) = tokio::join!(take(), take());
    let mut states = [one.unwrap(), two.unwrap()];
    states.sort_by_key(Option::is_some);
    assert_eq!(states, [None, Some(State::Filed)]);
    assert_eq!(
        (app.count("cases").await, app.count("outbox").await),
        (1, 1)
    );
    assert_eq!(app.count("case_files").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_says_what_it_is_and_pieces_go_through_the_checks_of_files() {
    let app = TestApp::spawn_at(AT).await;
    let pieces: [(&str, &str, &[u8]); 4] = [
        ("application/pdf", "releve.pdf", &samples::pdf(2_000)),
        ("application/pdf", "faux.pdf", b"MZ not a PDF"),
        ("application/x-msdownload", "jeu.exe", b"MZ"),
        ("text/plain", "vide.txt", b""),
    ];
    let raw = with_pieces(JEANNE, DATED, "Une question.", &pieces);
    let nature = Some(Nature::InformationRequest);
    assert_eq!(app.receives(&raw, nature).await, Some(State::Filed));
    let row = app
        .database
        .row("SELECT nature_declared, nature FROM cases")
        .await;
    assert_eq!(row.get::<_, String>(0), "information_request");
    assert_eq!(row.get::<_, String>(1), "information_request");
    assert_eq!(app.lines_of_all().await, ["case.filed", "file.added"]);
    let sent = app
        .database
        .rows("SELECT purpose FROM outbox ORDER BY id")
        .await;
    let sent: Vec<String> = sent.iter().map(|row| row.get(0)).collect();
    assert_eq!(sent, ["receipt", "notice"]);
    let rows = app
        .database
        .rows("SELECT name, coalesce(refusal, stage) FROM incoming_pieces LEFT JOIN case_files USING (upload) ORDER BY n")
        .await;
    let found: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, end)| (name.as_str(), end.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("releve.pdf", "filed"),
            ("faux.pdf", "not_what_it_says"),
            ("jeu.exe", "unknown_format"),
            ("vide.txt", "empty"),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_too_long_for_a_case_is_kept_whole_beside_it() {
    let app = TestApp::spawn_at(AT).await;
    let long = "été\n".repeat(3_000);
    let raw = mail(JEANNE, DATED, &long);
    assert_eq!(app.receives(&raw, None).await, Some(State::Filed));
    let row = app
        .database
        .row("SELECT right(facts, 3), name, u.size FROM filings f JOIN case_files c USING (case_id) JOIN uploads u ON u.id = c.upload")
        .await;
    assert_eq!(row.get::<_, String>(0), "[…]");
    assert_eq!(row.get::<_, String>(1), "courriel-entier.txt");
    assert!(row.get::<_, i64>(2) > 12_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_open_no_case_and_are_never_answered() {
    let app = TestApp::spawn_at(AT).await;
    for (n, headers) in [
        "Auto-Submitted: auto-replied\n",
        "List-Id: <news.example.org>\n",
        "Precedence: bulk\nAuto-Submitted: auto-generated\n",
        "Return-Path: <>\n",
        "Subject: Réponse automatique\u{a0}: absente\n",
    ]
    .iter()
    .enumerate()
    {
        let raw = mail(JEANNE, headers, &format!("Je suis absente. {n}"));
        assert_eq!(
            app.receives(&raw, None).await,
            Some(State::SetAside),
            "{headers}"
        );
    }
    let bounce = mail(
        "MAILER-DAEMON@example.org",
        "Return-Path: <>\n",
        "450 not yet",
    );
    assert_eq!(app.receives(&bounce, None).await, Some(State::SetAside));
    assert_eq!(
        (app.count("cases").await, app.count("outbox").await),
        (0, 0)
    );
    assert_eq!(app.count("incoming_mails").await, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_or_answered_is_kept_for_staff() {
    let app = TestApp::spawn_at(AT).await;
    let bomb = format!(
        "Content-Type: multipart/mixed; boundary=B\n\n{}",
        "--B\n\nx\n".repeat(1_000)
    );
    for (raw, state, reason) in [
        (mail("root@localhost", "", "Un."), State::Held, "no_sender"),
        (
            mail("a@example.org, b@example.org", "", "Un."),
            State::Held,
            "no_sender",
        ),
        (mail(JEANNE, "Subject: Vide\n", ""), State::Held, "no_text"),
        (
            mail("Alix <alix@Asekkey.fr>", "", "Je vous transmets ceci."),
            State::Held,
            "from_us",
        ),
        (
            mail(
                JEANNE,
                &format!("In-Reply-To: <{}@asekkey.fr>\n", "0".repeat(32)),
                "Oui.",
            ),
            State::Held,
            "unknown_token",
        ),
        (bomb.into_bytes(), State::NotUnderstood, "too_many_parts"),
        (vec![0, 255, 13, 10], State::NotUnderstood, "too_many_parts"),
    ] {
        assert_eq!(app.receives(&raw, None).await, Some(state), "{reason}");
        let last = app
            .database
            .row("SELECT reason FROM incoming_mails ORDER BY id DESC")
            .await;
        assert_eq!(last.get::<_, String>(0), reason);
    }
    assert_eq!(
        (app.count("cases").await, app.count("outbox").await),
        (0, 0)
    );
}

impl TestApp {
    /// How many rows a table has.
    pub(super) async fn count(&self, table: &str) -> i64 {
        let row = self
            .database
            .row(&format!("SELECT count(*) FROM {table}"))
            .await;
        row.get(0)
    }

    /// The lines of the journals of all cases.
    pub(super) async fn lines_of_all(&self) -> Vec<String> {
        let lines = "SELECT kind FROM journal_events WHERE chain > 0 ORDER BY chain, seq";
        let lines = self.database.rows(lines).await;
        lines.iter().map(|line| line.get(0)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_copy_says_only_what_was_written() {
    let app = TestApp::spawn_at(AT).await;
    let raw = mail(
        "Jeanne <jeanne@example.org>",
        DATED,
        "Ma résiliation n’a pas été traitée.",
    );
    app.receives(&raw, None).await;
    let id = app.database.row("SELECT id FROM cases").await.get(0);
    let reference = Reference::new(2026, CaseId(id)).to_string();
    app.confirm_address(&reference).await;
    let copy = "SELECT body FROM outbox WHERE purpose = 'copy'";
    let copy: String = app.database.row(copy).await.get(0);
    assert!(
        copy.contains("Ma résiliation n’a pas été traitée."),
        "{copy}"
    );
    for nobody_said in [
        "À quel titre",
        "Je ne sais pas",
        "professionnel",
        "Souscrit",
    ] {
        assert!(!copy.contains(nobody_said), "{nobody_said}: {copy}");
    }
}
