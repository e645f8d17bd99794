//! Someone who acts on their case, in their own browser.

use reclamations::case::{AccessCode, Nature, Purpose, Reference, hand_over};
use reclamations::journal;
use reclamations::staff::Role;

use crate::public::following::{TODAY, open};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::filing::Receipt;

/// The page of the case.
pub(crate) const CASE: &str = "/suivi/dossier";

/// A case open in the browser of its person.
pub(crate) struct Person {
    pub(crate) browser: Browser,
    pub(crate) receipt: Receipt,
}

impl Person {
    /// Files a case and opens it.
    pub(crate) async fn of_case(app: &TestApp, nature: Nature, by: By) -> Self {
        let reference = app.case(nature, by).await;
        let case = Reference::parse(&reference).unwrap().case();
        let code = AccessCode::of(&app.state.keys.access_codes, case, 0);
        let receipt = Receipt {
            reference,
            code: code.to_string(),
        };
        Self::opening(app, receipt).await
    }

    /// Opens a case that is filed already, in a browser of its own.
    pub(crate) async fn opening(app: &TestApp, receipt: Receipt) -> Self {
        let browser = app.browser();
        assert_eq!(open(&browser, &receipt).await.location(), CASE);
        Self { browser, receipt }
    }

    /// The page of the case.
    pub(crate) async fn page(&self) -> Page {
        let page = self.browser.get(CASE).await;
        assert_eq!(page.status, 200, "{}", page.text());
        page
    }

    /// Sends a form below the case with the token of the page.
    pub(crate) async fn send(&self, part: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.page().await.value("csrf");
        let fields = [fields, &[("csrf", &csrf)]].concat();
        self.browser.post(&format!("{CASE}/{part}"), &fields).await
    }

    /// Writes a message as the page has it.
    pub(crate) async fn write(&self, text: &str) -> Page {
        let form = self.page().await.value("envoi");
        self.send("message", &[("envoi", &form), ("message", text)])
            .await
    }

    /// Where an act led, and what its status line says there.
    pub(crate) async fn told(&self, done: &Page) -> String {
        let page = self.browser.get(done.location()).await;
        page.texts(".callout[role=status]").concat()
    }
}

/// The site with someone at the desk, and a complaint by post whose person has it open.
pub(crate) async fn complaint() -> (TestApp, Browser, Person) {
    let app = TestApp::spawn_at(TODAY).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    let person = Person::of_case(&app, Nature::Complaint, By::Post).await;
    (app, staff, person)
}

/// Answers the complaint in full, and posts the answer on `on`.
pub(crate) async fn answer(staff: &Browser, reference: &str, grounds: &str, on: &str) {
    let whole = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        ("motifs-1", grounds),
        ("issue", "upheld"),
        ("faire", "envoyer"),
    ];
    let sent = staff.act(reference, "reponse", &whole).await;
    assert!(
        sent.location().ends_with("?fait=reponse/envoi"),
        "{}",
        sent.text()
    );
    let posted = [("lettre", "answer"), ("date", on)];
    staff.act(reference, "courrier", &posted).await.location();
}

/// The relay takes the last e-mail for this purpose now.
pub(crate) async fn carry(app: &TestApp, receipt: &Receipt, purpose: Purpose) {
    let sql = format!(
        "UPDATE outbox SET state = 'handed_over', handed_over_at = now() WHERE id = {} \
         RETURNING id",
        last(purpose)
    );
    let id: i64 = app.database.rows(&sql).await.first().unwrap().get(0);
    let case = Reference::parse(&receipt.reference).unwrap().case();
    let mut conn = app.database.conn().await;
    let carried = hand_over::email_handed_over(&mut conn, case, purpose, id, app.now()).await;
    carried.unwrap();
}

/// The relay refuses the last e-mail for this purpose for good.
pub(crate) async fn refuse(app: &TestApp, receipt: &Receipt, purpose: Purpose) {
    let sql = format!(
        "UPDATE outbox SET state = 'failed', failed_at = now() WHERE id = {} RETURNING id",
        last(purpose)
    );
    let id: i64 = app.database.rows(&sql).await.first().unwrap().get(0);
    let case = Reference::parse(&receipt.reference).unwrap().case();
    let mut conn = app.database.conn().await;
    let refused = hand_over::email_failed(&mut conn, case, purpose, id, app.now()).await;
    refused.unwrap();
}

fn last(purpose: Purpose) -> String {
    let code = purpose.code();
    format!("(SELECT max(id) FROM outbox WHERE purpose = '{code}')")
}

/// The letters that wait to be posted, oldest first.
pub(crate) async fn letters(app: &TestApp) -> Vec<String> {
    let sql = "SELECT kind FROM postal_tasks WHERE done_on IS NULL AND dropped_at IS NULL \
               ORDER BY id";
    let rows = app.database.rows(sql).await;
    rows.iter().map(|row| row.get(0)).collect()
}

/// How many rows a query counts.
pub(crate) async fn count(app: &TestApp, query: &str) -> i64 {
    app.database.rows(query).await.first().unwrap().get(0)
}

/// The kinds of the journal of the only case, in order; the chain is whole.
pub(crate) async fn journal(app: &TestApp, person: &Person) -> Vec<String> {
    let mut conn = app.database.conn().await;
    journal::verify(&mut conn).await.unwrap();
    let case = Reference::parse(&person.receipt.reference).unwrap().case();
    let lines = journal::of_chain(&mut conn, case.0).await.unwrap();
    lines.into_iter().map(|one| one.line.kind).collect()
}
