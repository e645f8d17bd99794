//! The archive: a case that ended long ago is read by few, until something happens on it. That it holds at
//! every address is shown in `staff/access`.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::public::following::person::{Person, answer, complaint};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

/// The site on 30 April 2026, a supervisor, a handler, and a complaint that ended six months and a day
/// before.
async fn archive() -> (TestApp, Browser, Browser, Person) {
    let (app, decides, person) = complaint().await;
    let handler = app.browser();
    app.colleague(&handler, "Idriss Benali", Role::Handler)
        .await;
    let reference = person.receipt.reference.as_str();
    answer(
        &decides,
        reference,
        "Votre lettre est arrivée à temps.",
        "30/04/2026",
    )
    .await;
    decides.act(reference, "cloture", &[]).await.location();
    assert_eq!(handler.case(reference).await.status, 200);
    ended_on(&app, "2025-10-29").await;
    (app, decides, handler, person)
}

async fn ended_on(app: &TestApp, day: &str) {
    let sql = format!("UPDATE cases SET closed_on = '{day}' WHERE closed_on IS NOT NULL");
    app.database.run(&sql).await;
}

/// How many cases a list of the inbox counts.
async fn counted(browser: &Browser, list: &str) -> String {
    let page = browser.get(&format!("/gestion?liste={list}")).await;
    let rows = page.texts(".inbox tbody .reference").len().to_string();
    let count = page
        .texts("a[aria-current=page] .count")
        .last()
        .cloned()
        .unwrap();
    assert_eq!(rows, count, "{list}");
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_finds_it_in_no_list_and_a_supervisor_does() {
    let (_app, decides, handler, person) = archive().await;
    let reference = person.receipt.reference.as_str();
    assert_eq!(handler.case(reference).await.status, 403);
    let told = handler.case(reference).await.text();
    assert!(told.contains("Ce dossier est archivé"), "{told}");

    for (browser, n_seen) in [(&handler, "0"), (&decides, "1")] {
        for list in ["closes", "tous"] {
            assert_eq!(counted(browser, list).await, n_seen, "{list}");
        }
        let rows = |page: crate::support::browser::Page| page.texts(".inbox tbody tr").len();
        let found = browser.get("/gestion/dossiers?q=resiliation").await;
        assert!(found.text().contains(match n_seen {
            "0" => "Aucun dossier",
            _ => "1 dossier",
        }));
        assert_eq!(rows(found).to_string(), n_seen);
        let filtered = browser.get("/gestion?liste=tous&q=resiliation").await;
        assert_eq!(rows(filtered).to_string(), n_seen);
        let (_, csv) = browser.download("/gestion/dossiers.csv?liste=tous").await;
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.contains(reference), n_seen == "1", "{csv}");
    }
    let path = format!("/gestion/dossiers?q={reference}");
    assert_eq!(handler.get(&path).await.status, 403);

    let page = decides.case(reference).await;
    assert!(page.texts(".states .badge").contains(&"Archivé".to_owned()));
    assert!(
        page.text()
            .contains("les gestionnaires ne voient plus ce dossier")
    );
    let list = decides.get("/gestion?liste=closes").await;
    assert!(list.texts(".state .badge").contains(&"Archivé".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_on_another_case_leads_to_an_archived_one() {
    let (app, decides, handler, person) = archive().await;
    let reference = person.receipt.reference.as_str();
    let other = app.case(Nature::Complaint, By::Post).await;
    app.database
        .run("UPDATE cases SET product = 'home', subject = 'claim'")
        .await;
    let auditor = app.browser();
    app.colleague(&auditor, "Ada Lecteur", Role::Auditor).await;
    assert_eq!(auditor.case(reference).await.status, 200);

    for (browser, n_seen) in [(&handler, 0), (&decides, 1)] {
        let path = format!("/gestion/dossiers/{other}/reponse");
        let editor = browser.get(&path).await;
        let comparables = editor.texts("[aria-labelledby=comparables] li");
        assert_eq!(comparables.len(), n_seen);
    }
    let link = [("dossier", reference), ("motif", "Même contrat.")];
    let before = app.snapshot(&other).await;
    let refused = handler.act(&other, "rattachement", &link).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("aucun dossier ne la porte"));
    app.assert_changed(&before, &[], &[]).await;
    let id = reclamations::case::Reference::parse(reference).unwrap();
    let bulk = format!(
        "/gestion/lot?dossier={}&faire=etiqueter&nouvelle=Vieux",
        id.case().0
    );
    assert!(!handler.get(&bulk).await.text().contains(reference));
    assert!(decides.get(&bulk).await.text().contains(reference));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_brings_the_case_back_until_it_is_read() {
    let (app, _decides, handler, person) = archive().await;
    let reference = person.receipt.reference.as_str();
    person.write("Où en est le virement ?").await.location();
    assert_eq!(handler.case(reference).await.status, 200);
    for list in ["messages", "closes", "tous"] {
        assert_eq!(counted(&handler, list).await, "1", "{list}");
    }
    let before = app.snapshot(reference).await;
    let read = handler.act(reference, "lecture", &[]).await;
    assert_eq!(
        read.location(),
        "/gestion",
        "there is nothing to show any more"
    );
    let changes = ["cases.person_wrote_at"];
    app.assert_changed(&before, &["message.read"], &changes)
        .await;
    assert_eq!(handler.case(reference).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contested_answer_brings_the_case_back() {
    let (_app, _decides, handler, person) = archive().await;
    let form = person.browser.get("/suivi/dossier/desaccord").await;
    let id = form.value("envoi");
    let fields = [("envoi", id.as_str()), ("motif", "Rien n’a été fait.")];
    person.send("desaccord", &fields).await.location();
    let page = handler.case(&person.receipt.reference).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Rien n’a été fait."));
    assert_eq!(counted(&handler, "desaccords").await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_to_the_mediator_brings_the_case_back_until_the_opinion() {
    let (_app, decides, handler, person) = archive().await;
    let reference = person.receipt.reference.as_str();
    let referral = [
        ("par", "person"),
        ("date", "30/04/2026"),
        ("connue", "30/04/2026"),
    ];
    let seen = async || handler.case(reference).await.status;
    decides
        .act(reference, "mediation", &referral)
        .await
        .location();
    assert_eq!(seen().await, 200);
    assert_eq!(counted(&handler, "a-suivre").await, "1");
    let sent = [("date", "30/04/2026")];
    let sent = decides.act(reference, "mediation-documents", &sent).await;
    sent.location();
    assert_eq!(seen().await, 200, "the mediator still has it");
    let opinion = [
        ("date", "30/04/2026"),
        ("avis", "La réponse était fondée."),
        ("suite", "followed"),
        ("motif", "Rien à faire."),
    ];
    let noted = decides.act(reference, "mediation-avis", &opinion).await;
    noted.location();
    // Told by post: the letter is still to leave, and then nothing is owed.
    assert_eq!(seen().await, 200);
    for letter in decides
        .get(&format!("/gestion/dossiers/{reference}/courrier"))
        .await
        .attributes("input[name=lettre]", "value")
    {
        let posted = [("lettre", letter.as_str()), ("date", "30/04/2026")];
        decides.act(reference, "courrier", &posted).await.location();
    }
    assert_eq!(seen().await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_is_set_and_a_legal_hold_changes_nothing() {
    let (app, decides, handler, person) = archive().await;
    let reference = person.receipt.reference.as_str();
    let hold = [("date", "15/05/2028"), ("motif", "Assignation reçue.")];
    decides
        .act(reference, "conservation", &hold)
        .await
        .location();
    assert_eq!(handler.case(reference).await.status, 403);
    ended_on(&app, "2025-10-30").await;
    assert_eq!(handler.case(reference).await.status, 200);

    let administrator = app.browser();
    app.first_administrator(&administrator).await;
    let path = "/gestion/reglages/archivage";
    for typed in ["0", "61", "six"] {
        let fields = [("version", "0"), ("valeur", typed)];
        let refused = administrator.fill(path, &fields).await;
        assert_eq!(refused.status, 422, "{typed}");
        let told = refused.texts("#erreurs").concat();
        assert!(told.contains("un nombre entier de mois"), "{told}");
    }
    let fields = [("version", "0"), ("valeur", "5")];
    administrator.fill(path, &fields).await.location();
    let kept = "SELECT was || ' ' || value FROM setting_changes WHERE key = 'archive_after'";
    let kept = app.database.rows(kept).await;
    assert_eq!(kept.first().unwrap().get::<_, &str>(0), "6 5");
    assert_eq!(handler.case(reference).await.status, 403);
    let settings = administrator.get("/gestion/reglages").await.text();
    assert!(settings.contains("5 mois"), "{settings}");
}
