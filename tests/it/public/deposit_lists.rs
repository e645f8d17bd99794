//! What a case is about, whom the person turned to before, how they prefer to be answered.

use chrono::TimeDelta;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, CONTACT, REQUEST, file, fill_in};

const TODAY: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_come_from_the_database_and_nobody_has_to_know() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..2]).await;
    let facts = browser.get("/deposer/faits").await;
    let subjects = facts.texts("#subject option");
    assert_eq!(subjects[0], "Je ne sais pas");
    let chosen = facts.attribute("#subject option[selected]", "value");
    assert_eq!(chosen.unwrap(), "");
    for told in [
        "Vente ou conseil",
        "Sinistre ou remboursement",
        "Données personnelles",
    ] {
        assert!(subjects.contains(&told.to_owned()), "{told}");
    }
    let silent = browser
        .fill("/deposer/faits", &[("facts", "Rien ne va.")])
        .await;
    silent.location();
    fill_in(&browser, &COMPLAINT[3..]).await;
    let check = browser.get("/deposer/verification").await.text();
    assert!(check.contains("Produit concerné Je ne sais pas"), "{check}");

    file(&browser, &COMPLAINT).await;
    let confirmation = browser.get("/deposer/confirmation").await.text();
    let told = "Produit concerné Assurance habitation Sujet Résiliation";
    assert!(confirmation.contains(told), "{confirmation}");
    let staff = app.browser();
    app.first_administrator(&staff).await;
    let kept = app
        .database
        .rows("SELECT product, subject FROM cases")
        .await;
    assert_eq!(kept[0].get::<_, &str>(0), "home");
    assert_eq!(kept[0].get::<_, &str>(1), "cancellation");
    let inbox = staff
        .get("/gestion")
        .await
        .texts(".inbox tbody tr")
        .concat();
    assert!(inbox.contains("Résiliation"), "{inbox}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_retired_or_was_never_there_is_refused_at_its_field() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT).await;
    let sql = "UPDATE products SET is_retired = TRUE WHERE code = 'home'";
    app.database.rows(sql).await;
    app.state.clock.advance(TimeDelta::seconds(11));
    // A draft that holds it is led back, and shows it still chosen.
    let check = browser.get("/deposer/verification").await;
    assert_eq!(check.location(), "/deposer/faits?avis=ordre");
    let facts = browser.get("/deposer/faits").await;
    let chosen = facts.attribute("#product option[selected]", "value");
    assert_eq!(chosen.unwrap(), "home");
    for (code, message) in [
        (
            "home",
            "Choisissez un autre produit, ou « Je ne sais pas » : celui que vous aviez choisi \
             n’est plus proposé.",
        ),
        (
            "'; DROP TABLE cases",
            "Choisissez un produit dans la liste, ou « Je ne sais pas ».",
        ),
    ] {
        let typed = [("product", code), ("facts", "Rien ne va.")];
        let refused = browser.fill("/deposer/faits", &typed).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.texts("#product-erreur"), [message]);
        assert_eq!(refused.texts("textarea")[0], "Rien ne va.");
    }
    let other = app.browser();
    fill_in(&other, &COMPLAINT[..2]).await;
    let products = other.get("/deposer/faits").await.texts("#product option");
    assert!(!products.contains(&"Assurance habitation".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_contact_counts_when_it_was_written_and_recent() {
    let app = TestApp::spawn_at(TODAY).await;
    for (answers, told, acknowledged_by) in [
        (
            ("yes", "02/04/2026"),
            "Nos délais sont comptés depuis cet écrit.",
            "Au plus tard le mardi 14 avril 2026",
        ),
        (
            ("yes", "02/04/2024"),
            "Cette date remonte à plus de deux ans : elle est conservée dans votre dossier, mais \
             nos délais sont comptés depuis votre envoi.",
            "Au plus tard le vendredi 15 mai 2026",
        ),
        (
            ("spoken", "02/04/2026"),
            "Un échange de vive voix est noté dans votre dossier ; nos délais sont comptés depuis \
             votre envoi.",
            "Au plus tard le vendredi 15 mai 2026",
        ),
    ] {
        let browser = app.browser();
        let earlier = [
            ("wrote_before", answers.0),
            ("wrote_to", "Mon courtier"),
            ("wrote_on", answers.1),
            ("wrote_reply", "On m’a dit d’attendre."),
        ];
        let situation = [COMPLAINT[1].1, &earlier].concat();
        fill_in(&browser, &COMPLAINT).await;
        fill_in(&browser, &[("/deposer/situation", &situation)]).await;
        let check = browser.get("/deposer/verification").await.text();
        assert!(check.contains(told), "{told} in {check}");
        for kept in ["Qui Mon courtier", "Réponse reçue On m’a dit d’attendre."] {
            assert!(check.contains(kept), "{kept} in {check}");
        }
        file(&browser, &[]).await;
        let page = browser.get("/deposer/confirmation").await;
        assert!(page.text().contains(told), "{told} in {}", page.text());
        let promised = page.texts(".dates .when");
        if answers.1 == "02/04/2026" && answers.0 == "yes" {
            // Already past on the day of the filing: never a past promise.
            assert_eq!(promised[1], "Sans attendre");
        } else {
            assert_eq!(promised[1], acknowledged_by);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_prefers_the_post_is_acknowledged_by_email_and_answered_by_post() {
    let app = TestApp::spawn_at(TODAY).await;
    let browser = app.browser();
    fill_in(&browser, &REQUEST[..2]).await;
    let preferred = [CONTACT.as_slice(), &[("preferred_reply", "post")]].concat();
    let nowhere = browser.fill("/deposer/coordonnees", &preferred).await;
    assert_eq!(nowhere.status, 422);
    assert_eq!(
        nowhere.texts("#postal_address-erreur"),
        ["Indiquez votre adresse postale, puisque vous préférez une réponse par courrier."]
    );
    let address = ("postal_address", "3 rue des Lilas\r\n69003 Lyon");
    let both = [preferred.as_slice(), &[address]].concat();
    let receipt = file(&browser, &[("/deposer/coordonnees", &both)]).await;
    let queued = app
        .database
        .rows("SELECT purpose FROM outbox ORDER BY id")
        .await;
    let purposes: Vec<&str> = queued.iter().map(|row| row.get(0)).collect();
    assert_eq!(purposes, ["receipt", "notice"]);

    let staff = app.browser();
    app.colleague(&staff, "Paul", Role::Handler).await;
    let page = staff.case(&receipt.reference).await;
    assert!(page.text().contains("Réponse souhaitée Par courrier"));
    let answer = [("message", "Voici les documents."), ("role", "reponse")];
    let sent = staff.act(&receipt.reference, "message", &answer).await;
    sent.location();
    let queued = app.database.rows("SELECT kind FROM postal_tasks").await;
    let kinds: Vec<&str> = queued.iter().map(|row| row.get(0)).collect();
    assert_eq!(kinds, ["answer"], "by post, as they prefer");
}
