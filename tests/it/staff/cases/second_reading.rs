//! A refusal is read over by someone who wrote nothing of it, and who does not send it.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

const FIRST: &str = "Votre lettre est arrivée après l’échéance.";
const SECOND: &str = "Votre lettre est arrivée un jour après l’échéance.";

async fn save(browser: &Browser, reference: &str, grounds: &str) {
    let fields = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "refused"),
        ("motifs-1", grounds),
        ("issue", "rejected"),
        ("faire", "enregistrer"),
    ];
    browser.act(reference, "reponse", &fields).await.location();
}

/// The site, a handler, two who may read over, and a complaint.
async fn desk() -> (TestApp, [Browser; 3], String) {
    let app = TestApp::spawn_at(AT).await;
    let browsers = [app.browser(), app.browser(), app.browser()];
    let [claire, idriss, nadia] = &browsers;
    app.colleague(claire, "Claire Morvan", Role::Handler).await;
    app.colleague(idriss, "Idriss Benali", Role::Supervisor)
        .await;
    app.colleague(nadia, "Nadia Rey", Role::Supervisor).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    (app, browsers, reference)
}

async fn awaits_reader(app: &TestApp) -> bool {
    let rows = app.database.rows("SELECT awaits_reader FROM cases").await;
    rows.first().unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wrote_some_of_a_refusal_does_not_read_it_over() {
    let (app, [claire, idriss, nadia], reference) = desk().await;
    save(&idriss, &reference, FIRST).await;
    save(&claire, &reference, SECOND).await;
    let before = app.snapshot(&reference).await;
    let own = idriss.act(&reference, "reponse/relecture", &[]).await;
    assert_eq!(own.status, 409);
    assert!(own.text().contains("même reprise depuis"), "{}", own.text());
    app.assert_changed(&before, &[], &[]).await;
    let gate = claire.act(&reference, "reponse/envoi", &[]).await;
    let told = gate.texts(".error-summary").concat();
    assert!(told.contains("Nadia Rey"), "{told}");
    assert!(!told.contains("Idriss Benali"), "{told}");
    nadia
        .act(&reference, "reponse/relecture", &[])
        .await
        .location();
    app.assert_changed(
        &before,
        &["answer.read"],
        &["answers.reader_id", "cases.awaits_reader"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_read_a_refusal_over_does_not_send_it() {
    let (app, [claire, idriss, _], reference) = desk().await;
    save(&claire, &reference, FIRST).await;
    idriss
        .act(&reference, "reponse/relecture", &[])
        .await
        .location();
    let next = idriss.case(&reference).await.texts(".next").concat();
    assert!(next.contains("une autre personne doit l’envoyer"), "{next}");
    let before = app.snapshot(&reference).await;
    let alone = idriss.act(&reference, "reponse/envoi", &[]).await;
    assert_eq!(alone.status, 422);
    let told = alone.texts(".error-summary").concat();
    assert!(told.contains("Demandez à une autre personne"), "{told}");
    app.assert_changed(&before, &[], &[]).await;
    let sent = claire.act(&reference, "reponse/envoi", &[]).await;
    assert!(sent.location().ends_with("?fait=reponse/envoi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_is_void_once_its_reader_is_barred() {
    let (app, [claire, idriss, nadia], reference) = desk().await;
    save(&claire, &reference, FIRST).await;
    idriss
        .act(&reference, "reponse/relecture", &[])
        .await
        .location();
    assert!(!awaits_reader(&app).await);
    let id = "SELECT id::text FROM staff_accounts WHERE display_name = 'Idriss Benali'";
    let rows = app.database.rows(id).await;
    let fields = [
        ("personne", rows[0].get(0)),
        ("motif", "Elle le met en cause."),
    ];
    nadia
        .act(&reference, "mise-en-cause", &fields)
        .await
        .location();
    assert!(awaits_reader(&app).await);
    let gate = claire.act(&reference, "reponse/envoi", &[]).await;
    let told = gate.texts(".error-summary").concat();
    assert!(told.contains("Faites relire ce refus"), "{told}");
    assert!(!told.contains("Idriss Benali"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_read_follows_the_setting() {
    let (app, [claire, ..], reference) = desk().await;
    let administrator = app.browser();
    app.first_administrator(&administrator).await;
    save(&claire, &reference, FIRST).await;
    assert!(awaits_reader(&app).await);
    for (version, value, awaits) in [("0", "off", false), ("1", "on", true)] {
        let fields = [("version", version), ("valeur", value)];
        administrator
            .fill("/gestion/reglages/relecture", &fields)
            .await
            .location();
        assert_eq!(awaits_reader(&app).await, awaits, "{value}");
    }
}
