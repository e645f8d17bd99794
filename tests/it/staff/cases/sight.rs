//! Who sees a case: whom it complains about does not; sensitive data are read by few. That it holds at every
//! address is shown in `staff/access`.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";
const WHY: (&str, &str) = ("motif", "La réclamation le vise.");

/// The site, who decides, and a complaint.
async fn desk() -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let decides = app.browser();
    app.colleague(&decides, "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    (app, decides, reference)
}

/// The value that a list of the page of an act offers for someone.
async fn chosen(browser: &Browser, reference: &str, part: &str, name: &str) -> Option<String> {
    let page = browser
        .get(&format!("/gestion/dossiers/{reference}/{part}"))
        .await;
    let names = page.texts("select option");
    let values = page.attributes("select option", "value");
    names
        .iter()
        .zip(values)
        .find(|(its_name, _)| *its_name == name)
        .map(|(_, value)| value)
}

async fn bar(decides: &Browser, reference: &str, name: &str) {
    let id = chosen(decides, reference, "mise-en-cause", name).await;
    let id = id.unwrap();
    let done = decides
        .act(reference, "mise-en-cause", &[("personne", &id), WHY])
        .await;
    assert!(done.location().ends_with("?fait=mise-en-cause"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_does_not_exist_for_whom_it_complains_about() {
    let (app, decides, reference) = desk().await;
    let barred = app.browser();
    app.first_administrator(&barred).await;
    let name = barred.get("/gestion").await.texts(".session a").concat();
    barred.act(&reference, "prise-en-charge", &[]).await;

    let before = app.snapshot(&reference).await;
    bar(&decides, &reference, &name).await;
    let changes = ["+ case_bars", "+ motives", "cases.handler_id"];
    app.assert_changed(&before, &["staff.barred"], &changes)
        .await;

    assert_eq!(barred.case(&reference).await.status, 404);
    let found = barred
        .get(&format!("/gestion/dossiers?q={reference}"))
        .await;
    assert_eq!(found.status, 404);

    // They can be given nothing of it, by nobody; and they keep their name on what they did.
    let offered = chosen(&decides, &reference, "affectation", &name).await;
    assert_eq!(offered, None);
    let page = decides.case(&reference).await;
    assert!(
        page.text()
            .contains(&format!("écartée du dossier : {name}"))
    );
    assert!(
        page.text()
            .contains(&format!("Dossier attribué à {name} ({name})"))
    );
    assert!(page.text().contains("La réclamation le vise."));
    assert!(page.text().contains("Gestionnaire : personne"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bar_is_lifted_with_a_motive() {
    let (app, decides, reference) = desk().await;
    let barred = app.browser();
    app.colleague(&barred, "Idriss Benali", Role::Handler).await;
    let id = chosen(&decides, &reference, "mise-en-cause", "Idriss Benali").await;
    let id = id.unwrap();
    bar(&decides, &reference, "Idriss Benali").await;
    let forged = [("gestionnaire", id.as_str())];
    let refused = decides.act(&reference, "affectation", &forged).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("met cette personne en cause"));
    let again = [("personne", id.as_str()), WHY];
    let again = decides.act(&reference, "mise-en-cause", &again).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("C’est déjà fait"));

    let before = app.snapshot(&reference).await;
    let unsaid = [("personne", id.as_str()), ("motif", " ")];
    let unsaid = decides.act(&reference, "fin-mise-en-cause", &unsaid).await;
    assert_eq!(unsaid.status, 422);
    app.assert_changed(&before, &[], &[]).await;
    let why = [("personne", id.as_str()), ("motif", "Erreur de nom.")];
    let done = decides.act(&reference, "fin-mise-en-cause", &why).await;
    done.location();
    let changes = ["+ motives", "case_bars.lifted_at", "case_bars.lifted_by"];
    app.assert_changed(&before, &["staff.bar_lifted"], &changes)
        .await;
    assert_eq!(barred.case(&reference).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_bars_themselves_is_led_away() {
    let (_app, decides, reference) = desk().await;
    let id = chosen(&decides, &reference, "mise-en-cause", "Claire Morvan").await;
    let id = id.unwrap();
    let done = decides
        .act(&reference, "mise-en-cause", &[("personne", &id), WHY])
        .await;
    assert_eq!(done.location(), "/gestion");
    assert_eq!(decides.case(&reference).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn sensitive_data_are_read_by_few_and_others_see_no_trace() {
    let (app, decides, reference) = desk().await;
    let (handler, other, auditor) = (app.browser(), app.browser(), app.browser());
    app.colleague(&handler, "Idriss Benali", Role::Handler)
        .await;
    app.colleague(&other, "Alix Bernard", Role::Handler).await;
    app.colleague(&auditor, "Ada Lecteur", Role::Auditor).await;
    handler.act(&reference, "prise-en-charge", &[]).await;

    let before = app.snapshot(&reference).await;
    let why = [("motif", "Certificat médical joint.")];
    let done = handler.act(&reference, "donnees-sensibles", &why).await;
    assert!(done.location().ends_with("?fait=donnees-sensibles"));
    let changes = ["+ motives", "cases.is_sensitive"];
    app.assert_changed(&before, &["case.sensitive"], &changes)
        .await;

    for reader in [&handler, &decides, &auditor] {
        assert_eq!(reader.case(&reference).await.status, 200);
    }
    assert_eq!(other.case(&reference).await.status, 403);
    // A handler does not lift what a handler flagged.
    let path = format!("/gestion/dossiers/{reference}/fin-donnees-sensibles");
    assert_eq!(handler.get(&path).await.status, 403);
    let before = app.snapshot(&reference).await;
    let why = [("motif", "Le certificat a été retiré.")];
    let done = decides.act(&reference, "fin-donnees-sensibles", &why).await;
    done.location();
    app.assert_changed(&before, &["case.not_sensitive"], &changes)
        .await;
    assert_eq!(other.case(&reference).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_reads_the_sensitive_cases_of_who_is_away_on_the_day() {
    let (app, _decides, reference) = desk().await;
    let (handler, deputy) = (app.browser(), app.browser());
    app.colleague(&handler, "Idriss Benali", Role::Handler)
        .await;
    let alix = app.colleague(&deputy, "Alix Bernard", Role::Handler).await;
    handler.act(&reference, "prise-en-charge", &[]).await;
    let why = [("motif", "Certificat médical joint.")];
    handler.act(&reference, "donnees-sensibles", &why).await;
    assert_eq!(deputy.case(&reference).await.status, 403);
    app.database
        .run(
            "INSERT INTO absences (account_id, deputy_id, from_on, until_on)
             SELECT away.id, deputy.id, '2026-04-30', '2026-05-02'
             FROM staff_accounts away, staff_accounts deputy
             WHERE away.display_name = 'Idriss Benali' AND deputy.display_name = 'Alix Bernard'",
        )
        .await;
    assert_eq!(deputy.case(&reference).await.status, 200);
    app.state.clock.advance(chrono::TimeDelta::days(3));
    app.sign_in(&deputy, &alix).await;
    assert_eq!(deputy.case(&reference).await.status, 403);
}
