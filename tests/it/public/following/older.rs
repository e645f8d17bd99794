//! A long correspondence: the page holds the last hundred and leads to the rest, « mon dossier » all.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::public::following::person::{CASE, complaint};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_leads_to_older_exchanges_and_the_archive_holds_them_all() {
    let (app, _staff, person) = complaint().await;
    let insert = "INSERT INTO messages (case_id, kind, body, written_at) \
                  SELECT id, 'from_person', 'Message ' || n || '.', now() \
                  FROM cases, generate_series(1, 205) AS n ORDER BY n";
    app.database.run(insert).await;

    let mut address = CASE.to_owned();
    let mut n_seen = Vec::new();
    for first in ["Message 205.", "Message 105.", "Message 5."] {
        let page = person.browser.get(&address).await;
        let texts = page.texts(".thread .message .text");
        assert_eq!(texts.first().map(String::as_str), Some(first));
        n_seen.push(texts.len());
        let links = page.attributes("a", "href");
        let older = links.iter().find(|link| link.contains("?avant="));
        assert_eq!(older.is_none(), first == "Message 5.", "{links:?}");
        let newest = page.text().contains("Revenir aux plus récents");
        assert_eq!(newest, first != "Message 205.");
        address = older.cloned().unwrap_or_default();
    }
    assert_eq!(n_seen, [100, 100, 5]);

    let (_, bytes) = person
        .browser
        .download("/suivi/dossier/mon-dossier.zip")
        .await;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut entry = zip.by_name("2-echanges.txt").unwrap();
    entry.read_to_string(&mut text).unwrap();
    let places: Vec<usize> = (1..=205)
        .map(|n| text.find(&format!("\nMessage {n}.")).unwrap())
        .collect();
    assert!(places.is_sorted(), "oldest first");
    assert_eq!(text.matches("Messages et réponses").count(), 1);
}
