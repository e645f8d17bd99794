//! The acts that speak to the outside: each a story, its one line, and nothing else changed.

mod all_at_once;
mod ask;
mod bad_input;
mod holding_letter;
mod mediation;
mod transfer;
mod withdrawal;

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::public::following::person::Person;
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

/// The 30th of April 2026: the answer to what is filed now is due on the 30th of June.
const TODAY: &str = "2026-04-30T08:00:00Z";

/// What a text to a person who is written to by e-mail adds.
const TOLD: [&str; 2] = ["+ messages", "+ outbox"];

/// The site, a handler, and someone who filed and has their page open.
async fn desk(nature: Nature, by: By) -> (TestApp, Browser, Person) {
    let app = TestApp::spawn_at(TODAY).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let person = Person::of_case(&app, nature, by).await;
    (app, staff, person)
}

/// Some days later, when every session is over: someone else at the desk, and the person again.
async fn later(app: &TestApp, person: Person, days: i64) -> (Browser, Person) {
    app.state.clock.advance(TimeDelta::days(days));
    let staff = app.browser();
    app.colleague(&staff, "Idriss Benali", Role::Handler).await;
    (staff, Person::opening(app, person.receipt).await)
}

/// Where an act led, and what its page says was done.
async fn done(staff: &Browser, sent: &Page) -> String {
    let page = staff.get(sent.location()).await;
    page.texts(".callout[role=status]").concat()
}

/// Acts, and is led to the case.
async fn act(staff: &Browser, reference: &str, part: &str, fields: &[(&str, &str)]) {
    staff.act(reference, part, fields).await.location();
}

/// Asserts that a text, its spaces made plain, says each of these.
#[track_caller]
fn says(text: &str, every: &[&str]) {
    let text = plain(text);
    for words in every {
        assert!(text.contains(words), "{words} in {text}");
    }
}

/// The page of the case, as staff read it, on one line.
async fn desk_page(staff: &Browser, reference: &str) -> String {
    plain(&staff.case(reference).await.text())
}

/// The page of the case, as its person reads it, on one line.
async fn own_page(person: &Person) -> String {
    plain(&person.page().await.text())
}

/// The last e-mail: its subject and its text on one line.
async fn last_mail(app: &TestApp) -> (String, String) {
    let rows = app
        .database
        .rows("SELECT subject, body FROM outbox ORDER BY id DESC LIMIT 1")
        .await;
    let row = rows.first().unwrap();
    let body: String = row.get(1);
    (row.get(0), plain(&body))
}

/// Words on one line, with ordinary spaces.
fn plain(text: &str) -> String {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
