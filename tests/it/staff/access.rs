//! Who may reach what: every row of the table, and what is not in it.

use reclamations::staff::Role;
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

#[tokio::test(flavor = "multi_thread")]
async fn each_role_reaches_what_its_rights_allow() {
    let app = TestApp::spawn_at(AT).await;
    for role in Role::ALL {
        let browser = app.browser();
        app.colleague(&browser, &format!("Alix {}", role.code()), *role)
            .await;
        for route in routes::all() {
            let Access::Right(right) = route.access else {
                continue;
            };
            let page = knock(&browser, route).await;
            let is_forbidden = page
                .text()
                .contains("Votre compte ne permet pas cette action");
            assert_eq!(
                is_forbidden,
                !role.may(right),
                "{role:?} {route:?} {}",
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
