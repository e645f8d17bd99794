//! The proof that a letter was posted: kept with the case, for us and the mediator.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::{By, address};
use crate::support::samples::pdf;

const AT: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, from end to end")]
async fn a_scan_is_kept_as_the_proof_of_a_letter() {
    let app = TestApp::spawn_at(AT).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let posted = [("date", "30/04/2026"), ("suivi", "1A2345678901")];
    staff
        .act(&reference, "accuse-par-courrier", &posted)
        .await
        .location();
    let path = format!("{}/preuve-d-envoi", address(&reference));
    let empty = staff.get(&path).await;
    assert!(
        empty.text().contains("Ajoutez d’abord le bordereau"),
        "{}",
        empty.text()
    );
    let waiting = format!("{}/pieces", address(&reference));
    assert!(empty.attributes("main a", "href").contains(&waiting));
    assert!(!empty.text().contains("Garder cette preuve"));

    staff
        .upload(&waiting, "bordereau.pdf", &pdf(1_000))
        .await
        .location();
    let page = staff.get(&path).await;
    assert!(page.text().contains("Garder cette preuve"));
    let letter = page.attribute("input[name=lettre]", "value").unwrap();
    let scan = page.attribute("input[name=piece]", "value").unwrap();
    let missing = staff
        .act(&reference, "preuve-d-envoi", &[("piece", &scan)])
        .await;
    assert_eq!(missing.status, 422);
    assert!(missing.text().contains("Choisissez la lettre."));
    let before = app.snapshot(&reference).await;
    let other = [("lettre", "999"), ("piece", scan.as_str())];
    assert_eq!(
        staff.act(&reference, "preuve-d-envoi", &other).await.status,
        409
    );
    app.assert_changed(&before, &[], &[]).await;
    let fields = [("lettre", letter.as_str()), ("piece", scan.as_str())];
    staff
        .act(&reference, "preuve-d-envoi", &fields)
        .await
        .location();
    let changes = ["case_files.stage", "case_files.postal_task"];
    app.assert_changed(&before, &["letter.proved"], &changes)
        .await;

    assert!(
        staff
            .case(&reference)
            .await
            .text()
            .contains("Preuve d’envoi")
    );
    let download = format!("{waiting}/{scan}");
    assert_eq!(staff.download(&download).await.1, pdf(1_000));
    let person = app.person(&reference).await;
    assert!(
        !person
            .get("/suivi/dossier")
            .await
            .body
            .contains("bordereau")
    );
    assert_eq!(
        person
            .get(&format!("/suivi/dossier/pieces/{scan}"))
            .await
            .status,
        404
    );
    let file = staff
        .get(&format!("{}/dossier-mediateur", address(&reference)))
        .await;
    assert!(file.text().contains("03-bordereau.pdf"), "{}", file.text());
    let which = "Preuve d’envoi : Accusé de réception, lettre postée le 30 avril 2026";
    assert!(file.text().contains(which), "{}", file.text());
}
