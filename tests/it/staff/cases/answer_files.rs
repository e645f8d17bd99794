//! Files that go with a reasoned answer: named in the letter, given out once it has left.

use reclamations::case::{AccessCode, Nature, Reference};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::samples::pdf;

const AT: &str = "2026-04-30T08:00:00Z";

const WHOLE: [(&str, &str); 5] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

async fn person(app: &TestApp, reference: &str) -> Browser {
    let case = Reference::parse(reference).unwrap().case();
    let code = AccessCode::of(&app.state.keys.access_codes, case, 0).to_string();
    let browser = app.browser();
    let typed = [("reference", reference), ("code", &code)];
    browser.fill("/suivi", &typed).await.location();
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_leaves_with_the_answer_and_comes_back_when_it_is_cancelled() {
    let app = TestApp::spawn_at(AT).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let waiting = format!("/gestion/dossiers/{reference}/pieces");
    staff
        .upload(&waiting, "décompte.pdf", &pdf(3_000))
        .await
        .location();
    let editor = format!("/gestion/dossiers/{reference}/reponse");
    let page = staff.get(&editor).await.text();
    assert!(
        page.contains("la lettre les nomme : décompte.pdf"),
        "{page}"
    );
    assert!(
        page.contains("à poster : la personne préfère le courrier"),
        "{page}"
    );

    staff.act(&reference, "reponse", &WHOLE).await.location();
    let person = person(&app, &reference).await;
    let before = person.get("/suivi/dossier").await;
    assert!(!before.body.contains("décompte.pdf"), "it has not left");
    assert!(staff.get(&waiting).await.texts(".files li").is_empty());
    let id: i64 = app.database.rows("SELECT max(id) FROM answers").await[0].get(0);
    let id = id.to_string();
    staff
        .act(&reference, "reponse/annulation", &[("reponse", &id)])
        .await
        .location();
    assert_eq!(staff.get(&waiting).await.texts(".files li").len(), 1);

    staff.act(&reference, "reponse", &WHOLE).await.location();
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    let told = "SELECT count(*) FROM journal_events WHERE kind = 'file.added'";
    let n_told: i64 = app.database.rows(told).await[0].get(0);
    assert_eq!(n_told, 1);
    let page = person.get("/suivi/dossier").await;
    let letter = page.texts(".message.ours .text").concat();
    assert!(letter.contains("– décompte.pdf"), "{letter}");
    let link = page.attribute(".files a", "href").unwrap();
    assert_eq!(person.download(&link).await.1, pdf(3_000));
}
