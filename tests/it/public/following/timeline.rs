//! The life of the case on its person's page: public events, and nothing of what staff keep to
//! themselves.

use chrono::TimeDelta;
use reclamations::staff::Role;

use crate::public::following::{TODAY, open};
use crate::support::app::TestApp;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;
use crate::support::filing::{COMPLAINT, REQUEST, Receipt, file};

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_keep_to_themselves_is_nowhere_on_the_page() {
    let counter = Counter::default();
    let database = TestDatabase::new().await;
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, TODAY, &[]);
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let staff = app.browser();
    let reference = receipt.reference.as_str();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    staff
        .act(reference, "prise-en-charge", &[])
        .await
        .location();
    let note = [("note", "Client difficile, prudence.")];
    staff.act(reference, "note", &note).await.location();
    let draft = [
        ("introduction", "Brouillon secret."),
        ("grief-1", "Grief recopié."),
        ("faire", "enregistrer"),
    ];
    staff.act(reference, "reponse", &draft).await.location();
    let message = [("message", "Pouvez-vous nous envoyer le relevé ?")];
    staff.act(reference, "message", &message).await.location();

    let person = app.browser();
    open(&person, &receipt).await.location();
    counter.take();
    let page = person.get("/suivi/dossier").await;
    let n_statements = counter.take();
    assert!((1..=8).contains(&n_statements), "{n_statements}");
    assert!(page.body.contains("Message écrit pour vous"));
    assert!(page.body.contains("Pouvez-vous nous envoyer le relevé"));
    for secret in [
        "Claire",
        "Morvan",
        "difficile",
        "secret",
        "recopié",
        "attribué",
        "Brouillon",
        "Note interne",
    ] {
        let told: Vec<_> = page
            .texts("main")
            .into_iter()
            .filter(|text| text.contains(secret))
            .collect();
        assert!(told.is_empty(), "{secret}: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_page_says_so_apologises_and_names_the_mediator_as_each_may_use_it() {
    let app = TestApp::spawn_at(TODAY).await;
    let request = file(&app.browser(), &REQUEST).await;
    let situation = [
        ("capacity", "client"),
        ("is_professional", "yes"),
        ("subscription_path", "direct"),
    ];
    let mut steps = COMPLAINT;
    steps[1].1 = &situation;
    let professional = file(&app.browser(), &steps).await;
    let consumer = file(&app.browser(), &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::days(62));
    let (late, _) = read(&app, &request).await;
    assert!(
        late.contains("excuses") && late.contains("une réclamation"),
        "{late}"
    );
    let (late, mediator) = read(&app, &professional).await;
    assert!(
        late.contains("excuses") && !late.contains("médiateur"),
        "{late}"
    );
    assert!(mediator.contains("à titre professionnel") && mediator.contains("TSA 50110"));
    let (late, mediator) = read(&app, &consumer).await;
    assert!(
        late.contains("saisir le médiateur dès maintenant"),
        "{late}"
    );
    assert!(
        mediator.contains("Dernier jour : vendredi 30 avril 2027"),
        "{mediator}"
    );
}

/// What the person's page says of its delay, and of the mediator.
async fn read(app: &TestApp, receipt: &Receipt) -> (String, String) {
    let browser = app.browser();
    open(&browser, receipt).await.location();
    let page = browser.get("/suivi/dossier").await;
    (
        page.texts(".callout.late").join(" "),
        page.texts(".mediator").join(" "),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn after_its_last_day_the_mediator_is_explained() {
    let app = TestApp::spawn_at(TODAY).await;
    let consumer = file(&app.browser(), &COMPLAINT).await;
    app.state.clock.advance(TimeDelta::days(392));
    let (late, mediator) = read(&app, &consumer).await;
    assert!(
        late.contains("excuses") && !late.contains("médiateur"),
        "{late}"
    );
    assert!(
        mediator.contains("passé depuis le vendredi 30 avril 2027"),
        "{mediator}"
    );
}
