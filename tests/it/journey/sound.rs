//! What every page owes to who reads it with the ears, with keys, or on a small screen.

use serde_json::{Value, json};

use crate::support::chromium::{Chromium, NARROW};
use crate::support::node::Node;

/// Roles that a person acts upon: each must have a name.
const CONTROLS: [&str; 8] = [
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "radio",
    "searchbox",
    "textbox",
];

/// Asserts that the open page has its landmarks, a title, headings in order, a name on each control,
/// no id twice, and that nothing of it sticks out of the screen.
pub(crate) async fn is_sound(chromium: &Chromium) {
    let (path, tree) = (chromium.path().await, chromium.tree().await);
    let n_footers = tree.iter().filter(|node| node.role == "contentinfo");
    assert_eq!(n_footers.count(), 1, "{path}: one footer");
    hears_and_fits(chromium, &path, &tree).await;
    let title = chromium.driver.title().await.unwrap();
    assert!(title.ends_with(" – Asekkey"), "{path}: title « {title} »");
}

/// The same of a page of the back office, which has no footer.
pub(crate) async fn is_sound_for_staff(chromium: &Chromium) {
    let (path, tree) = (chromium.path().await, chromium.tree().await);
    hears_and_fits(chromium, &path, &tree).await;
    let title = chromium.driver.title().await.unwrap();
    assert!(
        title.ends_with(" – Gestion Asekkey"),
        "{path}: title « {title} »"
    );
}

async fn hears_and_fits(chromium: &Chromium, path: &str, tree: &[Node]) {
    has_landmarks(path, tree);
    has_headings_in_order(path, tree);
    let nameless: Vec<&Node> = tree
        .iter()
        .filter(|node| CONTROLS.contains(&node.role.as_str()) && node.name.is_empty())
        .collect();
    assert!(
        nameless.is_empty(),
        "{path}: controls without a name: {nameless:#?}"
    );

    let language = chromium.evaluate("document.documentElement.lang").await;
    assert_eq!(language, json!("fr"), "{path}");
    let doubled = chromium.evaluate(DOUBLED_IDS).await;
    assert_eq!(doubled, json!([]), "{path}: ids that stand twice");
    let width = chromium
        .evaluate("document.documentElement.scrollWidth")
        .await;
    assert!(
        width.as_u64() <= Some(u64::from(NARROW)),
        "{path}: {width} pixels wide"
    );
}

const DOUBLED_IDS: &str = "[...document.querySelectorAll('[id]')].map(e => e.id)\
    .filter((id, at, all) => all.indexOf(id) !== at)";

fn has_landmarks(path: &str, tree: &[Node]) {
    let count = |role: &str| tree.iter().filter(|node| node.role == role).count();
    assert_eq!(count("main"), 1, "{path}: one main part");
    assert_eq!(count("banner"), 1, "{path}: one banner");
    let menus: Vec<&str> = tree
        .iter()
        .filter(|node| node.role == "navigation")
        .map(|node| node.name.as_str())
        .collect();
    assert!(!menus.is_empty(), "{path}: no menu");
    assert!(
        menus.iter().all(|name| !name.is_empty()),
        "{path}: a menu without a name: {menus:?}"
    );
}

fn has_headings_in_order(path: &str, tree: &[Node]) {
    let levels: Vec<i64> = tree
        .iter()
        .filter_map(|node| (node.role == "heading").then_some(node.level)?)
        .collect();
    let titles = levels.iter().filter(|level| **level == 1).count();
    assert_eq!(titles, 1, "{path}: one title among {levels:?}");
    // The summary of a refused form stands before the title and is a part of it.
    let after = levels.iter().skip_while(|level| **level != 1);
    let deeper = after.clone().zip(after.skip(1));
    for (before, here) in deeper {
        assert!(
            here - before <= 1,
            "{path}: a level is missing in {levels:?}"
        );
    }
}

/// The addresses the browser asked for since the last time it was asked.
pub(crate) async fn asked_for(chromium: &Chromium) -> Vec<String> {
    let url = |about: &Value| about.pointer("/request/url")?.as_str().map(str::to_owned);
    let events = chromium.network().await;
    let requests = events
        .iter()
        .filter(|(name, _)| name == "Network.requestWillBeSent");
    requests.filter_map(|(_, about)| url(about)).collect()
}
