//! The scan goes with what is registered.

use crate::staff::entry::{LETTER, desk, journal, reference};
use crate::support::samples;
use crate::support::upload::{MULTIPART, form};

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_is_joined_removed_and_registered_with_the_case() {
    let (app, browser) = desk().await;
    let check = browser.to_check(LETTER).await;
    let csrf = browser.get(&check).await.value("csrf");
    let pieces = format!("{check}/pieces");
    let scan = samples::pdf(2_000);
    let send = async |name: &str, bytes: &[u8]| {
        browser
            .send(&pieces, MULTIPART, form(&csrf, name, bytes, ""))
            .await
    };
    let joined = send("lettre.pdf", &scan).await;
    let page = browser.get(joined.location()).await;
    assert!(page.text().contains("Le fichier est joint."));
    assert_eq!(page.texts(".files .name"), ["lettre.pdf"]);
    let remove = page.attribute(".files form", "action").unwrap();
    let removed = browser.post(&remove, &[("csrf", &csrf)]).await;
    assert!(
        browser
            .get(removed.location())
            .await
            .texts(".files .name")
            .is_empty()
    );

    let refused = send("programme.exe", b"MZ").await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("#fichier-erreur").len(), 1);
    assert!(
        send("lettre.pdf", &scan)
            .await
            .location()
            .ends_with("fait=joint")
    );
    let registered = browser.register(&check, &[]).await;
    let reference = reference(&registered, "enregistrement");
    let lines = journal(&app, &reference).await;
    let kinds: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(kinds, ["case.filed", "letter.asked", "file.added"]);
    assert!(lines.iter().all(|line| line.1 == "staff:1"));
    let case = browser.get(registered.location()).await;
    assert!(
        case.texts("[aria-labelledby=pieces] .name")
            .contains(&"lettre.pdf".to_owned())
    );
}
