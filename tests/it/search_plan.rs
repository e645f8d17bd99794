//! Searching 100,000 cases: words that many, some and few of them have.

use std::time::{Duration, Instant};

use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::counter::Counter;

/// Far more than a search takes and far less than reading every text would.
const LONGEST: Duration = Duration::from_secs(2);

/// Looks for words of each kind on a database that holds 100,000 cases.
pub(crate) async fn searches(app: &TestApp, counter: &Counter) {
    for (name, role) in [
        ("Paul Nadeau", Role::Handler),
        ("Claire Morvan", Role::Supervisor),
    ] {
        let browser = app.browser();
        app.colleague(&browser, name, role).await;
        let reads_archive = role == Role::Supervisor;
        for words in ["contrat", "contrat courrier", "bonjour"] {
            let page = look(&browser, counter, words).await;
            assert!(page.text().contains("Plus de 200"), "{words}");
            let first = page.texts(".inbox .reference");
            assert_eq!(first, newest(app, words, (0, reads_archive)).await);
            let next = page.attribute(".pager a:last-child", "href").unwrap();
            let second = browser.get(&next).await.texts(".inbox .reference");
            assert_eq!(second, newest(app, words, (50, reads_archive)).await);
        }
        // Only the oldest cases have it: no page is full of the newest ones.
        let old = look(&browser, counter, "000123").await;
        let n_old = usize::from(reads_archive);
        assert_eq!(old.texts(".inbox .reference").len(), n_old);
        let none = look(&browser, counter, "contrat introuvable bonjour").await;
        assert!(none.text().contains("Aucun dossier"));
    }
}

async fn look(browser: &Browser, counter: &Counter, words: &str) -> Page {
    counter.take();
    let began = Instant::now();
    let page = browser
        .get(&format!("/gestion/dossiers?q={}+", words.replace(' ', "+")))
        .await;
    assert!(began.elapsed() < LONGEST, "{words}: {:?}", began.elapsed());
    assert_eq!(page.status, 200);
    let n_statements = counter.take();
    assert!((1..=8).contains(&n_statements), "{n_statements} statements");
    page
}

/// The references of a page, found by reading every case.
async fn newest(app: &TestApp, words: &str, (skipped, reads_archive): (u32, bool)) -> Vec<String> {
    let first_day = app.state.archived_before();
    let sql = format!(
        "SELECT reference_year, id FROM cases JOIN case_search ON case_id = id \
         WHERE words @@ plainto_tsquery('french_search', '{words}') \
           AND ({reads_archive} OR coalesce(closed_on >= '{first_day}', TRUE)
                OR id NOT IN (SELECT case_id FROM resting_cases)) \
         ORDER BY id DESC OFFSET {skipped} LIMIT 50"
    );
    let rows = app.database.rows(&sql).await;
    rows.iter()
        .map(|row| {
            let case = reclamations::case::CaseId(row.get(1));
            reclamations::case::Reference::new(row.get(0), case).to_string()
        })
        .collect()
}
