//! Registering by hand: what staff type becomes a case, once.

mod bad_input;
mod files;
mod oral;
mod written;

use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

const AT: &str = "2026-05-04T08:00:00Z";
const FORM: &str = "/gestion/dossiers/nouveau";

/// A letter posted on Tuesday 28 April 2026 and received on the Thursday.
const LETTER: &[(&str, &str)] = &[
    ("channel", "post"),
    ("nature", "complaint"),
    ("written_on", "28/04/2026"),
    ("received_on", "30/04/2026"),
    ("first_name", "Armand"),
    ("last_name", "Bérenger"),
    ("postal_address", "2 rue Basse\r\n75002 Paris"),
    ("capacity", "client"),
    ("is_professional", "no"),
    ("contract_number", "HAB-2024-117204"),
    ("product", "home"),
    ("subject", "cancellation"),
    ("facts", "Ma résiliation\r\nn’a pas été traitée."),
];

/// The site, and someone who registers.
async fn desk() -> (TestApp, Browser) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Handler)
        .await;
    (app, browser)
}

/// Fields, some of them replaced.
fn with<'a>(
    fields: &[(&'a str, &'a str)],
    others: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| others.iter().all(|(other, _)| other != name));
    kept.chain(others).copied().collect()
}

impl Browser {
    /// Sends the form, as the button says.
    async fn type_in(&self, fields: &[(&str, &str)], button: &str) -> Page {
        let page = self.get(&format!("{FORM}?canal=post")).await;
        let (csrf, draft) = (page.value("csrf"), page.value("brouillon"));
        let hidden = [("csrf", &*csrf), ("brouillon", &draft), ("faire", button)];
        self.post(FORM, &[&hidden, fields].concat()).await
    }

    /// Types, reads over, and gives the address of the page that registers.
    async fn to_check(&self, fields: &[(&str, &str)]) -> String {
        let sent = self.type_in(fields, "continuer").await;
        assert_eq!(sent.status, 303, "{:?}", sent.texts(".error"));
        sent.location().to_owned()
    }

    /// Registers what its page shows.
    async fn register(&self, check: &str, more: &[(&str, &str)]) -> Page {
        let page = self.get(check).await;
        let (csrf, version) = (page.value("csrf"), page.value("version"));
        let hidden = [("csrf", &*csrf), ("version", &version)];
        self.post(check, &[&hidden, more].concat()).await
    }
}

/// The reference of the case that an answer leads to.
fn reference(registered: &Page, done: &str) -> String {
    let location = registered.location();
    let rest = location.strip_prefix("/gestion/dossiers/").unwrap();
    let (reference, notice) = rest.split_once('?').unwrap();
    assert_eq!(notice, format!("fait={done}"));
    reference.to_owned()
}

/// The kinds of the journal's lines, with their facts.
async fn journal(app: &TestApp, reference: &str) -> Vec<(String, String, String)> {
    let case = reclamations::case::Reference::parse(reference)
        .unwrap()
        .case()
        .0;
    let sql =
        format!("SELECT kind, actor, facts FROM journal_events WHERE chain = {case} ORDER BY seq");
    let rows = app.database.rows(&sql).await;
    rows.iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect()
}
