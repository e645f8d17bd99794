//! Files with a form: the step, what is refused, what is told back, who may read them.

mod bad_input;
mod case;
mod guards;
mod step;

use reclamations::keys::token_digest;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::filing::{COMPLAINT, fill_in};

const TODAY: &str = "2026-04-30T08:00:00Z";
/// The step.
const STEP: &str = "/deposer/pieces";

/// A visitor who comes to the step.
async fn visitor(app: &TestApp) -> Browser {
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..3]).await;
    browser
}

/// The names on the page.
fn names(page: &Page) -> Vec<String> {
    page.texts(".files .name")
}

/// How many rows hold files or pieces of them.
async fn n_rows(app: &TestApp) -> usize {
    let rows = app
        .database
        .rows("SELECT 1 FROM uploads UNION ALL SELECT 1 FROM file_chunks UNION ALL SELECT 1 FROM case_files")
        .await;
    rows.len()
}

/// Waits until the rows are as many as said.
async fn settle_at(app: &TestApp, wanted: usize) {
    for _ in 0..500 {
        if n_rows(app).await == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(n_rows(app).await, wanted);
}

/// SHA-256 in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&token_digest(bytes))
}
