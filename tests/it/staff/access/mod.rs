//! Who may reach what: every row of the table, and what is not in it.

mod everyone;
mod house;

use reclamations::staff::{Right, Role};
use reclamations::web::staff::{Access, StaffRoute, Verb, routes};
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

const AT: &str = "2026-04-30T08:00:00Z";

/// The row's address with something in the place of each parameter.
fn address(route: &StaffRoute) -> String {
    let of_a_case = route.path.replace("{reference}", "ASK-2026-000123-T");
    let segments = of_a_case.split('/').map(|segment| match segment {
        segment if segment.starts_with('{') => "1",
        segment => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

async fn knock(browser: &Browser, route: &StaffRoute) -> Page {
    match route.verb {
        Verb::Get => browser.get(&address(route)).await,
        Verb::Post => browser.post(&address(route), &[]).await,
    }
}

fn is_refused(page: &Page, verb: Verb) -> bool {
    match verb {
        Verb::Get => {
            page.status == StatusCode::SEE_OTHER
                && (page.location() == "/gestion/connexion"
                    || page.location().starts_with("/gestion/connexion?suite="))
        }
        Verb::Post => page.status == StatusCode::FORBIDDEN,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_refused_everywhere() {
    let app = TestApp::spawn_at(AT).await;
    for route in routes::all() {
        let page = knock(&app.browser(), route).await;
        let is_open = route.access == Access::Anyone;
        assert_eq!(
            !is_refused(&page, route.verb),
            is_open,
            "{route:?} {}",
            page.status
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_sign_in_and_enrolment_are_open() {
    for route in routes::all().filter(|route| route.access == Access::Anyone) {
        let is_threshold = route.path.starts_with("/gestion/connexion")
            || route.path.starts_with("/gestion/activation/");
        assert!(is_threshold, "{route:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_not_told_what_does_not_exist() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    for path in [
        "/gestion/inconnu",
        "/gestion/",
        "/gestion/dossiers/x/y/z",
        "/gestion/%00",
    ] {
        assert!(is_refused(&browser.get(path).await, Verb::Get), "{path}");
        assert!(
            is_refused(&browser.post(path, &[]).await, Verb::Post),
            "{path}"
        );
    }
    assert!(is_refused(
        &browser.get("/gestion/deconnexion").await,
        Verb::Get
    ));
    assert_eq!(
        browser.get("/gestionnaire").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_no_case_arrives_at_their_first_page() {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Alix Petit", Role::Administrator)
        .await;
    let arrived = browser.get("/gestion").await;
    assert_eq!(arrived.location(), "/gestion/comptes");
    let page = browser.get("/gestion/comptes").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.texts(".menu a"),
        ["Comptes", "Modèles", "Journal", "Réglages", "Aide"]
    );
    assert_eq!(page.texts(".menu [aria-current=page]"), ["Comptes"]);
    let case = browser.get("/gestion/dossiers/ASK-2026-000123-T").await;
    assert_eq!(case.status, StatusCode::FORBIDDEN);
    assert!(!case.body.contains("ASK-2026-000123-T"), "without a trace");
}

#[test]
fn what_asks_for_no_right_is_one_s_own_account_and_the_help() {
    let rows = routes::all().filter(|route| route.access == Access::SignedIn);
    for route in rows {
        let is_own = route.path.starts_with("/gestion/mon-compte");
        let is_common = [
            "/gestion/aide",
            "/gestion/raccourcis",
            "/gestion/deconnexion",
        ];
        assert!(is_own || is_common.contains(&route.path), "{route:?}");
    }
}

/// The rows that ask for a right which the role gives.
fn reached_by(role: Role) -> impl Iterator<Item = &'static StaffRoute> {
    routes::all()
        .filter(move |route| matches!(route.access, Access::Right(right) if role.may(right)))
}

#[test]
fn an_administrator_alone_reaches_no_case() {
    let parts = ["comptes", "modeles", "journal", "reglages"];
    for route in reached_by(Role::Administrator) {
        let part = route.path.split('/').nth(2);
        assert!(part.is_some_and(|part| parts.contains(&part)), "{route:?}");
    }
}

#[test]
fn an_auditor_alone_acts_on_nothing_but_their_own_filters() {
    for route in reached_by(Role::Auditor).filter(|route| route.verb == Verb::Post) {
        assert!(route.path.starts_with("/gestion/filtres"), "{route:?}");
    }
}

/// The table of rights, written a second time and the other way round.
#[test]
fn each_role_has_these_rights_and_no_other() {
    let rights_of = |role: Role| -> Vec<String> {
        let all = Right::ALL.iter().filter(|right| role.may(**right));
        all.map(|right| format!("{right:?}")).collect()
    };
    let handler = "ReadCases WorkCases EnterCases CorrectDates CloseCases FlagSensitive \
                   ExportLists ReadEmails RetryEmails ReadTemplates";
    let supervisor = "ReadCases WorkCases EnterCases CorrectDates CloseCases ReopenCases \
                      AssignOthers RequalifyCases ApproveAnswers FlagSensitive ReadSensitive \
                      UnflagSensitive ReadArchive \
                      BarStaff HoldCases RestrictCases ExportLists ServePersons ReadEmails RetryEmails ReadTemplates ManageTemplates \
                      ManageAbsences ReadJournal ReadSettings";
    let administrator = "ReadTemplates ManageTemplates ReadJournal ReadAccounts ManageAccounts ReadSettings \
                         ManageSettings";
    let auditor = "ReadCases ReadSensitive ReadArchive ExportLists ReadEmails ReadJournal ReadAccounts \
                   ReadSettings";
    for (role, rights) in [
        (Role::Handler, handler),
        (Role::Supervisor, supervisor),
        (Role::Administrator, administrator),
        (Role::Auditor, auditor),
    ] {
        let expected: Vec<&str> = rights.split_whitespace().collect();
        assert_eq!(rights_of(role), expected, "{role:?}");
    }
}
