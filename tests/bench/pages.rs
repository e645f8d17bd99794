//! The pages that a busy day asks for.

use reclamations::case::{CaseId, Reference};
use reqwest::StatusCode;

use crate::site::Site;

/// A page, asked for by one of several addresses in turn.
pub(crate) struct Asked {
    /// What the table calls it.
    pub(crate) name: String,
    /// Its addresses, below the site's.
    pub(crate) paths: Vec<String>,
    /// What answers.
    pub(crate) status: StatusCode,
}

const OPEN: &str = "status IN ('received', 'acknowledged')";

/// Every page to measure.
pub(crate) async fn all(site: &Site) -> Vec<Asked> {
    let mut pages = lists(site).await;
    for (name, share) in [("30 %", 0.3), ("1 %", 0.01), ("0.01 %", 0.0001)] {
        pages.extend(search(site, name, share).await);
    }
    pages.extend(cases(site).await);
    pages
}

fn page(name: &str, path: &str) -> Asked {
    Asked {
        name: name.to_owned(),
        paths: vec![path.to_owned()],
        status: StatusCode::OK,
    }
}

async fn lists(site: &Site) -> Vec<Asked> {
    let deep = format!(
        "SELECT next_due_on::text, id FROM cases WHERE {OPEN} ORDER BY next_due_on, id \
         OFFSET (SELECT count(*) * 9 / 10 FROM cases WHERE {OPEN}) LIMIT 1"
    );
    let rows = site.rows(&deep).await;
    let row = rows.first().unwrap();
    let (on, id): (String, i64) = (row.get(0), row.get(1));
    vec![
        page("inbox, first page", "/gestion"),
        page(
            "inbox, nine tenths down",
            &format!("/gestion?apres={on}.{id}"),
        ),
        page("list of requests", "/gestion?liste=service-client"),
        page("to be done today", "/gestion?liste=aujourd-hui"),
    ]
}

/// A search for a word that this share of the cases has, or next to.
async fn search(site: &Site, name: &str, share: f64) -> Option<Asked> {
    let words = format!(
        "WITH sample AS (SELECT count(*) AS n, greatest(count(*) / 20000, 1) AS step FROM cases), \
         found AS (SELECT word, ndoc FROM ts_stat((SELECT 'SELECT words FROM case_search \
             WHERE case_id % ' || step || ' = 0' FROM sample))) \
         SELECT word, ndoc::float8 FROM found, sample \
         WHERE word ~ '^[a-z]{{4,}}$' AND ts_lexize('pg_catalog.french_stem', word) = ARRAY[word] \
         ORDER BY abs(ln(ndoc * step / (n * {share}))), word LIMIT 1"
    );
    let rows = site.rows(&words).await;
    let word: String = rows.first()?.get(0);
    // A blank after it: the word, and not those that begin with it.
    let path = format!("/gestion/dossiers?q={word}+");
    Some(page(&format!("search, {name}: {word}"), &path))
}

async fn cases(site: &Site) -> Vec<Asked> {
    let rows = site
        .rows("SELECT reference_year, id FROM cases ORDER BY md5(id::text) LIMIT 500")
        .await;
    let references: Vec<String> = rows
        .iter()
        .map(|row| Reference::new(row.get(0), CaseId(row.get(1))).to_string())
        .collect();
    let paths = |before: &str| -> Vec<String> {
        references
            .iter()
            .map(|reference| format!("{before}{reference}"))
            .collect()
    };
    vec![
        Asked {
            name: "search, a reference".to_owned(),
            paths: paths("/gestion/dossiers?q="),
            status: StatusCode::SEE_OTHER,
        },
        Asked {
            name: "case page".to_owned(),
            paths: paths("/gestion/dossiers/"),
            status: StatusCode::OK,
        },
    ]
}
