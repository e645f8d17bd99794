//! Who may reach what: every row of the table, and what is not in it.

use reclamations::staff::{Right, Role, Roles};
use reclamations::web::staff::{Access, StaffRoute, Verb, routes};
use reqwest::StatusCode;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

const AT: &str = "2026-04-30T08:00:00Z";

/// The row's address with something in the place of each parameter.
fn address(route: &StaffRoute) -> String {
    route
        .path
        .split('/')
        .map(|segment| match segment {
            "{reference}" => "ASK-2026-000123-T",
            segment if segment.starts_with('{') => "1",
            segment => segment,
        })
        .collect::<Vec<_>>()
        .join("/")
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

/// Each role alone, and those of the first account.
fn holders() -> Vec<(String, Roles)> {
    let alone = Role::ALL
        .iter()
        .map(|role| (format!("Alix {}", role.code()), Roles::from(*role)));
    let first = ("Alix Premier".to_owned(), Roles::FIRST);
    alone.chain([first]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_reaches_what_its_rights_allow() {
    let app = TestApp::spawn_at(AT).await;
    for (name, roles) in holders() {
        let browser = app.browser();
        app.colleague(&browser, &name, roles).await;
        for route in routes::all() {
            let Access::Right(right) = route.access else {
                continue;
            };
            let page = knock(&browser, route).await;
            let is_forbidden = page
                .text()
                .contains("Votre compte ne permet pas cette action");
            let goes_on = route.path == "/gestion" && page.status == StatusCode::SEE_OTHER;
            assert_eq!(
                is_forbidden || goes_on,
                !roles.may(right),
                "{roles:?} {route:?} {}",
                page.status
            );
            assert_eq!(
                is_forbidden,
                page.status == StatusCode::FORBIDDEN,
                "{roles:?} {route:?} {}",
                page.status
            );
            assert!(
                page.status != StatusCode::INTERNAL_SERVER_ERROR,
                "{route:?}"
            );
        }
        let nowhere = browser.get("/gestion/inconnu").await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    }
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

/// The table of rights, written a second time and the other way round.
#[test]
fn each_role_has_these_rights_and_no_other() {
    let rights_of = |role: Role| -> Vec<String> {
        let all = Right::ALL.iter().filter(|right| role.may(**right));
        all.map(|right| format!("{right:?}")).collect()
    };
    let handler = "ReadCases WorkCases EnterCases CorrectDates CloseCases FlagSensitive \
                   ExportLists ReadEmails ReadTemplates";
    let supervisor = "ReadCases WorkCases EnterCases CorrectDates CloseCases ReopenCases \
                      AssignOthers RequalifyCases ApproveAnswers FlagSensitive ReadSensitive \
                      UnflagSensitive \
                      BarStaff HoldCases ExportLists ServePersons ReadEmails ReadTemplates ManageTemplates \
                      ManageAbsences ReadJournal ReadSettings";
    let administrator = "ReadTemplates ManageTemplates ReadJournal ReadAccounts ManageAccounts ReadSettings \
                         ManageSettings";
    let auditor = "ReadCases ReadSensitive ExportLists ReadEmails ReadJournal ReadAccounts \
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
