//! Restriction of processing: the case is kept and compared with nothing, and its clocks run on.

use chrono::TimeDelta;
use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::public::following::person::{answer, complaint};
use crate::support::cases::By;

const GROUNDS: &str = "Votre lettre est arrivée à temps.";
const WHY: [(&str, &str); 1] = [("motif", "Elle conteste l’exactitude de ses données.")];

const TOLD: &str = "Traitement limité depuis le jeudi 30 avril 2026 à la demande de la personne";

#[tokio::test(flavor = "multi_thread")]
async fn it_is_placed_with_a_motive_and_the_clocks_run_on() {
    let (app, decides, person) = complaint().await;
    let reference = person.receipt.reference.as_str();
    let handler = app.browser();
    app.colleague(&handler, "Idriss Benali", Role::Handler)
        .await;
    let path = format!("/gestion/dossiers/{reference}/limitation");
    assert_eq!(handler.get(&path).await.status, 403);
    let form = decides.get(&path).await.text();
    for told in ["Les délais légaux continuent", "n’est pas effacé"] {
        assert!(form.contains(told), "{told}: {form}");
    }

    let before = app.snapshot(reference).await;
    let unsaid = decides
        .act(reference, "limitation", &[("motif", " ")])
        .await;
    assert_eq!(unsaid.status, 422);
    app.assert_changed(&before, &[], &[]).await;
    let clocks = decides.case(reference).await.texts(".clock");
    let done = decides.act(reference, "limitation", &WHY).await;
    assert!(done.location().ends_with("?fait=limitation"));
    let changes = ["+ motives", "+ restrictions"];
    app.assert_changed(&before, &["case.restricted"], &changes)
        .await;
    let page = handler.case(reference).await;
    assert!(page.text().contains(TOLD), "{}", page.text());
    assert_eq!(page.texts(".clock"), clocks);
    let again = decides.act(reference, "limitation", &WHY).await;
    assert_eq!(again.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_still_done_and_it_ends_with_a_motive() {
    let (app, decides, person) = complaint().await;
    let reference = person.receipt.reference.as_str();
    decides.act(reference, "limitation", &WHY).await.location();
    answer(&decides, reference, GROUNDS, "30/04/2026").await;
    assert!(decides.case(reference).await.text().contains(TOLD));

    let before = app.snapshot(reference).await;
    let path = format!("/gestion/dossiers/{reference}/fin-limitation");
    let form = decides.get(&path).await.text();
    assert!(form.contains("Informez d’abord la personne"), "{form}");
    let done = decides.act(reference, "fin-limitation", &WHY).await;
    done.location();
    let changes = [
        "+ motives",
        "restrictions.lifted_at",
        "restrictions.lifted_by",
    ];
    app.assert_changed(&before, &["case.restriction_ended"], &changes)
        .await;
    assert!(!decides.case(reference).await.text().contains(TOLD));
    let again = decides.act(reference, "fin-limitation", &WHY).await;
    assert_eq!(again.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_lasts_the_case_is_neither_erased_nor_compared_with() {
    let (app, decides, person) = complaint().await;
    let reference = person.receipt.reference.as_str();
    answer(&decides, reference, GROUNDS, "30/04/2026").await;
    decides.act(reference, "cloture", &[]).await.location();
    let other = app.case(Nature::Complaint, By::Post).await;
    let alike = "UPDATE cases SET product = 'home', subject = 'claim'";
    app.database.run(alike).await;
    let editor = format!("/gestion/dossiers/{other}/reponse");
    let comparables = "[aria-labelledby=comparables] li";
    assert_eq!(decides.get(&editor).await.texts(comparables).len(), 1);
    decides.act(reference, "limitation", &WHY).await.location();
    assert_eq!(decides.get(&editor).await.texts(comparables).len(), 0);

    let at = app.now() + TimeDelta::days(6 * 365);
    let retention = reclamations::case::erase::Retention {
        complaint_years: 5,
        request_years: 3,
    };
    let mut conn = app.database.conn().await;
    let erased = reclamations::case::erase::erase_due(&mut conn, retention, 9, at);
    assert_eq!(erased.await.unwrap(), 0);
    decides
        .act(reference, "fin-limitation", &WHY)
        .await
        .location();
    let erased = reclamations::case::erase::erase_due(&mut conn, retention, 9, at);
    assert_eq!(erased.await.unwrap(), 1);
}
