//! The acts that say what a case is, keep it, open it again; and what one began to write.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;
use crate::support::counter::Counter;
use crate::support::database::TestDatabase;

const AT: &str = "2026-04-30T08:00:00Z";

async fn desk(nature: Nature) -> (TestApp, Browser, String) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(nature, By::Post).await;
    (app, browser, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_qualified_in_one_page() {
    let (app, browser, reference) = desk(Nature::Complaint).await;
    let page = browser.case(&reference).await;
    assert!(
        page.text()
            .contains("À qualifier au plus tard le lundi 4 mai 2026")
    );
    let before = app.snapshot(&reference).await;
    let about = [
        ("nature", "complaint"),
        ("produit", "home"),
        ("sujet", "cancellation"),
        ("cause", "Courrier égaré"),
    ];
    let wrong = [("nature", "complaint"), ("produit", "boat")];
    let refused = browser.act(&reference, "qualification", &wrong).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.texts("#produit-erreur"),
        ["Choisissez une ligne de la liste."]
    );
    let done = browser.act(&reference, "qualification", &about).await;
    let page = browser.get(done.location()).await;
    assert!(!page.text().contains("À qualifier au plus tard"));
    assert!(page.text().contains("qualifiée : Réclamation"));
    assert!(page.text().contains("Assurance habitation"));
    let changes = [
        "+ qualifications",
        "cases.nature_qualified",
        "cases.product",
        "cases.subject",
    ];
    app.assert_changed(&before, &["case.qualified"], &changes)
        .await;
    let page = browser
        .get(&format!("/gestion/dossiers/{reference}/qualification"))
        .await;
    assert_eq!(page.value("cause"), "Courrier égaré");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_nature_goes_through_the_act_that_changes_it() {
    let (app, browser, _) = desk(Nature::InformationRequest).await;
    let reference = app.case(Nature::InformationRequest, By::Email).await;
    let before = app.snapshot(&reference).await;
    let unsaid = [("nature", "complaint")];
    let refused = browser.act(&reference, "qualification", &unsaid).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("#motif-erreur"), ["Écrivez le motif."]);
    app.assert_changed(&before, &[], &[]).await;
    let said = [
        ("nature", "complaint"),
        ("produit", "home"),
        ("motif", "Elle se plaint."),
    ];
    let done = browser.act(&reference, "qualification", &said).await;
    let changes = [
        "+ outbox",
        "+ qualifications",
        "+ requalifications",
        "cases.nature",
        "cases.nature_qualified",
        "cases.next_due_on",
        "cases.product",
        "cases.target_on",
        "legal_dates.ack_due_from_reception_on",
        "legal_dates.ack_due_on",
        "legal_dates.answer_due_from_reception_on",
        "legal_dates.answer_due_on",
        "legal_dates.mediation_from_on",
        "legal_dates.mediation_last_on",
        "legal_dates.mediation_open_on",
    ];
    app.assert_changed(&before, &["case.requalified"], &changes)
        .await;
    let page = browser.get(done.location()).await;
    assert_eq!(page.texts(".clock h3").len(), 3, "legal clocks run");
    let told = "Devenu une réclamation, dossier qualifié";
    assert!(page.text().contains(told), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nature_that_cannot_be_changed_leaves_the_rest_unchanged() {
    let (app, browser, reference) = desk(Nature::Complaint).await;
    let answer = [
        ("grief-1", "La résiliation tarde."),
        ("position-1", "accepted"),
        ("motifs-1", "Votre lettre est bien arrivée."),
        ("issue", "upheld"),
        ("faire", "envoyer"),
    ];
    browser.act(&reference, "reponse", &answer).await.location();
    let before = app.snapshot(&reference).await;
    let about = [
        ("nature", "information_request"),
        ("produit", "home"),
        ("sujet", "cancellation"),
        ("motif", "Une simple question."),
    ];
    let refused = browser.act(&reference, "qualification", &about).await;
    assert_eq!(refused.status, 409);
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_lasts_until_its_day_or_its_end() {
    let (app, browser, reference) = desk(Nature::Complaint).await;
    let before = app.snapshot(&reference).await;
    for (date, message) in [
        ("demain", "Indiquez le dernier jour"),
        ("30/04/2026", "Indiquez un jour à venir"),
    ] {
        let fields = [("date", date), ("motif", "Contentieux.")];
        let refused = browser.act(&reference, "conservation", &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.texts("#date-erreur").concat().contains(message));
        assert_eq!(refused.texts("textarea#motif"), ["Contentieux."]);
    }
    app.assert_changed(&before, &[], &[]).await;
    let fields = [("date", "30/04/2031"), ("motif", "Contentieux.")];
    let done = browser.act(&reference, "conservation", &fields).await;
    let page = browser.get(done.location()).await;
    assert!(
        page.text()
            .contains("Conservé pour un litige jusqu’au mercredi 30 avril 2031")
    );
    app.assert_changed(&before, &["case.held"], &["+ legal_holds", "+ motives"])
        .await;
    let before = app.snapshot(&reference).await;
    let fields = [("motif", "Jugement rendu.")];
    browser
        .act(&reference, "fin-conservation", &fields)
        .await
        .location();
    let changes = [
        "+ motives",
        "legal_holds.lifted_at",
        "legal_holds.lifted_by",
    ];
    app.assert_changed(&before, &["case.hold_ended"], &changes)
        .await;
    let again = browser.act(&reference, "fin-conservation", &fields).await;
    assert_eq!(again.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_case_is_opened_again_without_a_new_legal_clock() {
    let (app, browser, reference) = desk(Nature::InformationRequest).await;
    let early = [("date", "15/05/2026"), ("motif", "x")];
    let refused = browser.act(&reference, "reouverture", &early).await;
    assert_eq!(refused.status, 409);
    let reply = [("role", "reponse"), ("message", "Voici votre copie.")];
    browser.act(&reference, "message", &reply).await;
    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    browser.act(&reference, "courrier", &posted).await;
    browser.act(&reference, "cloture", &[]).await.location();

    let before = app.snapshot(&reference).await;
    let fields = [
        ("date", "15/05/2026"),
        ("motif", "La copie était illisible."),
    ];
    let done = browser.act(&reference, "reouverture", &fields).await;
    let page = browser.get(done.location()).await;
    assert!(page.text().contains("Rouvert, à réexaminer"));
    assert!(page.text().contains("La copie était illisible."));
    let changes = [
        "+ motives",
        "+ reopenings",
        "cases.closed_on",
        "cases.next_due_on",
        "cases.status",
        "cases.target_on",
    ];
    app.assert_changed(&before, &["case.reopened"], &changes)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_began_to_write_waits_for_them_alone() {
    let (app, _, reference) = desk(Nature::Complaint).await;
    let browser = app.browser();
    let alix = app.colleague(&browser, "Alix Bernard", Role::Handler).await;
    let before = app.snapshot(&reference).await;
    let kept = [("note", "Rappeler l’expert"), ("faire", "garder")];
    let saved = browser.act(&reference, "note", &kept).await;
    let path = format!("/gestion/dossiers/{reference}/note");
    assert_eq!(saved.location(), path);
    app.assert_changed(&before, &[], &["+ staff_drafts"]).await;
    let browser = app.browser();
    app.sign_in(&browser, &alix).await;
    let page = browser.get(&path).await;
    assert_eq!(page.texts("textarea#note"), ["Rappeler l’expert"]);
    assert!(
        page.text()
            .contains("Brouillon enregistré le 30 avril 2026")
    );
    let other = app.browser();
    app.colleague(&other, "Idriss Benali", Role::Handler).await;
    assert_eq!(other.get(&path).await.texts("textarea#note"), [""]);

    let done = browser
        .act(&reference, "note", &[("note", "Expert rappelé.")])
        .await;
    done.location();
    app.assert_changed(&before, &["note.written"], &["+ notes"])
        .await;
    assert_eq!(browser.get(&path).await.texts("textarea#note"), [""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_case_and_of_an_act_take_eight_statements_at_most() {
    let database = TestDatabase::new().await;
    let counter = Counter::default();
    let pool = counter.pool(&database).await;
    let app = TestApp::spawn_on(database, pool, AT, &[]);
    let browser = app.browser();
    app.colleague(&browser, "Claire Morvan", Role::Supervisor)
        .await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for part in ["", "/note", "/qualification", "/mise-en-cause"] {
        let path = format!("/gestion/dossiers/{reference}{part}");
        browser.get(&path).await;
        counter.take();
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200);
        let n_statements = counter.take();
        assert!(n_statements <= 8, "{path}: {n_statements}");
    }
}
