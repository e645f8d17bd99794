//! What staff decide on the e-mails that no rule decides.

use reclamations::case::Nature;
use reclamations::case::incoming::State;
use reclamations::staff::Role;

use crate::incoming::writing::{mail, with_pieces};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::samples;

const AT: &str = "2026-05-04T08:00:00Z";
pub(super) const DESK: &str = "/gestion/courriels/recus";

pub(super) async fn desk() -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    (app, browser)
}

/// What the page of the e-mail of a husband says.
const TOLD: [&str; 6] = [
    "mari@example.net",
    "Je réponds pour elle.",
    "acte.pdf",
    "jeu.exe",
    "Format non accepté",
    "répond à un courriel envoyé pour ce dossier",
];

fn tells(page: &Page, words: &[&str]) {
    for told in words {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
}

impl TestApp {
    /// Receives an e-mail, and returns the address of its page.
    pub(crate) async fn arrives(&self, raw: &[u8], state: State) -> String {
        assert_eq!(self.receives(raw, None).await, Some(state));
        let row = self
            .database
            .row("SELECT max(id) FROM incoming_mails")
            .await;
        format!("{DESK}/{}", row.get::<_, i64>(0))
    }

    /// The header by which a reply names the last e-mail we wrote.
    pub(super) async fn last_token(&self) -> String {
        let row = self
            .database
            .row("SELECT message_id FROM outbox ORDER BY id DESC")
            .await;
        format!("In-Reply-To: <{}>\n", row.get::<_, String>(0))
    }
}

impl Browser {
    /// An act on the e-mail at this address.
    pub(crate) async fn decide(&self, mail: &str, act: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.get(mail).await.value("csrf");
        let fields = [&[("csrf", csrf.as_str())], fields].concat();
        self.post(&format!("{mail}/{act}"), &fields).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_from_another_address_is_for_staff_alone() {
    let (app, browser) = desk().await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let headers = format!("Subject: Son dossier\n{}", app.last_token().await);
    let raw = with_pieces(
        "Son mari <mari@example.net>",
        &headers,
        "Je réponds pour elle.",
        &[
            ("application/pdf", "acte.pdf", &samples::pdf(2_000)),
            ("application/x-msdownload", "jeu.exe", b"MZ"),
        ],
    );
    app.state.clock.advance(chrono::TimeDelta::minutes(1));
    let address = app.arrives(&raw, State::Held).await;
    let list = browser.get(DESK).await;
    assert!(list.text().contains("Son dossier"), "{}", list.text());
    assert!(list.text().contains("Autre adresse que celle du dossier"));
    let page = browser.get(&address).await;
    tells(&page, &TOLD);
    tells(&page, &[&reference]);
    let form = format!("form[aria-label='Rattacher au dossier {reference}']");
    let action = page.attribute(&form, "action").unwrap();
    assert_eq!(action, format!("{address}/rattachement"));
    let named = page.attribute(&format!("{form} input[name=dossier]"), "value");
    assert_eq!(named.as_ref(), Some(&reference));
    let button = format!("Rattacher au dossier {reference}");
    assert_eq!(page.texts(&format!("{form} button")), [button]);
    let before = app.snapshot(&reference).await;
    let fields = [("dossier", reference.as_str()), ("auteur", "oui")];
    let done = browser.decide(&address, "rattachement", &fields).await;
    assert!(done.location().ends_with("?fait=interne"));
    app.assert_changed(
        &before,
        &["mail.attached"],
        &["+ incoming_mails", "+ incoming_pieces"],
    )
    .await;
    assert_eq!(app.count("messages").await, 0);
    let page = browser.get(&address).await;
    assert!(
        page.text().contains("n’est vu que de l’équipe"),
        "{}",
        page.text()
    );
    let case = browser.get(&format!("/gestion/dossiers/{reference}")).await;
    assert!(case.text().contains("hors des messages"), "{}", case.text());
    // Once.
    let again = browser.decide(&address, "rattachement", &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("déjà été traité"), "{}", again.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_address_of_the_case_it_is_a_message_once_someone_vouches_for_it() {
    let (app, browser) = desk().await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let pdf = samples::pdf(2_000);
    let raw = with_pieces(
        "jeanne@example.org",
        "Subject: Suite\n",
        "Voici.",
        &[("application/pdf", "a.pdf", &pdf)],
    );
    let address = app.arrives(&raw, State::Held).await;
    let before = app.snapshot(&reference).await;
    let fields = [("dossier", reference.as_str()), ("auteur", "oui")];
    let done = browser.decide(&address, "rattachement", &fields).await;
    assert!(done.location().ends_with("?fait=message"));
    let changed = [
        "+ messages",
        "+ incoming_mails",
        "+ incoming_pieces",
        "+ case_files",
        "+ uploads",
        "cases.person_wrote_at",
    ];
    app.assert_changed(&before, &["message.received", "file.added"], &changed)
        .await;
    let row = app
        .database
        .row("SELECT body, author_id IS NULL FROM messages")
        .await;
    assert_eq!(row.get::<_, String>(0), "Suite\n\nVoici.");
    assert!(row.get::<_, bool>(1));
    let (headers, bytes) = browser.download(&format!("{address}/pieces/1")).await;
    assert_eq!(bytes, pdf);
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    let (headers, bytes) = browser.download(&format!("{address}/original")).await;
    assert_eq!(bytes, raw);
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("courriel.eml")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_e_mail_becomes_a_case_acknowledged_as_one_entered_by_hand() {
    let (app, browser) = desk().await;
    app.case(Nature::Complaint, By::Email).await;
    let raw = mail(
        "Jeanne Lefèvre <jeanne@example.org>",
        "Subject: Autre chose\nDate: Sat, 2 May 2026 10:00:00 +0200\n",
        "Rien à voir.",
    );
    let address = app.arrives(&raw, State::Held).await;
    let done = browser.decide(&address, "ouverture", &[]).await;
    let case = browser.get(done.location()).await;
    assert!(case.text().contains("Rien à voir."), "{}", case.text());
    assert!(!case.text().contains("hors des messages"));
    let page = browser.get(&address).await;
    assert!(
        page.text().contains("ouvert d’après ce courriel"),
        "{}",
        page.text()
    );
    let row = app
        .database
        .row("SELECT channel, first_written_on::text FROM cases JOIN legal_dates ON case_id = id ORDER BY id DESC")
        .await;
    assert_eq!(row.get::<_, String>(0), "email");
    assert_eq!(row.get::<_, String>(1), "2026-05-02");
    assert_eq!(app.count("outbox").await, 2, "acknowledged");
    let line = app
        .database
        .row("SELECT kind, actor FROM journal_events WHERE chain > 0 ORDER BY chain DESC, seq")
        .await;
    assert_eq!(line.get::<_, String>(0), "case.filed");
    assert!(line.get::<_, String>(1).starts_with("staff:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_answer_is_set_aside_with_its_reason() {
    let (app, browser) = desk().await;
    let other = mail("root@localhost", "Subject: Publicité\n", "Achetez !");
    let address = app.arrives(&other, State::Held).await;
    let refused = browser.decide(&address, "ouverture", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("pas d’adresse"),
        "{}",
        refused.text()
    );
    let refused = browser
        .decide(&address, "mise-de-cote", &[("motif", " ")])
        .await;
    assert_eq!(refused.status, 422);
    let done = browser
        .decide(&address, "mise-de-cote", &[("motif", "Publicité.")])
        .await;
    let list = browser.get(done.location()).await;
    assert!(!list.text().contains("(sans objet)") && list.text().contains("mis de côté"));
    let aside = browser.get(&format!("{DESK}?liste=cote")).await;
    assert!(aside.text().contains("Publicité"), "{}", aside.text());
    let line = app
        .database
        .row("SELECT kind FROM journal_events WHERE chain = 0 ORDER BY seq DESC")
        .await;
    assert_eq!(line.get::<_, String>(0), "incoming.set_aside");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_barred_from_a_case_sees_nothing_that_names_it() {
    let (app, browser) = desk().await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let headers = format!("Subject: Contre Claire\n{}", app.last_token().await);
    let raw = mail("mari@example.net", &headers, "Madame Morvan.");
    let address = app.arrives(&raw, State::Held).await;
    let hint = mail("jeanne@example.org", "Subject: Sans lien\n", "Bonjour.");
    let other = app.arrives(&hint, State::Held).await;
    let bar = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
               SELECT cases.id, staff_accounts.id, staff_accounts.id, now() FROM cases, staff_accounts";
    app.database.run(bar).await;
    for path in [&address, &other] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
        assert_eq!(browser.get(&format!("{path}/original")).await.status, 404);
    }
    let named = mail(
        "inconnu@example.net",
        "Subject: Tiers\nIn-Reply-To: <00000000000000000000000000000000@asekkey.fr>\n",
        &format!("Voir {reference}."),
    );
    let named = app.arrives(&named, State::Held).await;
    assert_eq!(browser.get(&named).await.status, 404);
    let list = browser.get(DESK).await.text();
    for subject in ["Contre Claire", "Sans lien", "Tiers"] {
        assert!(!list.contains(subject), "{subject}: {list}");
    }
    let other = app
        .arrives(&mail("a@example.net", "", ""), State::Held)
        .await;
    let refused = browser
        .decide(&other, "rattachement", &[("dossier", &reference)])
        .await;
    assert!(
        refused
            .text()
            .contains("Aucun dossier ne porte cette référence"),
        "{}",
        refused.text()
    );
}
