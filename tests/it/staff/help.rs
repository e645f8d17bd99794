//! The help page: for whoever is signed in, in step with the settings.

use reclamations::staff::Role;

use crate::support::app::TestApp;

const AT: &str = "2026-04-30T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_in_reads_how_to_tell_a_complaint_from_a_request() {
    let app = TestApp::spawn_with(AT, &["--request-target-jours-ouvrables", "7"]).await;
    for role in Role::ALL {
        let browser = app.browser();
        app.colleague(&browser, &format!("Alix {}", role.code()), *role)
            .await;
        let page = browser.get("/gestion/aide").await;
        assert_eq!(page.status, 200, "{role:?}");
        let text = page.text();
        assert!(
            text.contains("Dans le doute, c’est une réclamation"),
            "{text}"
        );
        assert!(text.contains("une demande en 7 jours ouvrables"), "{text}");
        assert!(
            page.attributes("nav.menu a", "href")
                .contains(&"/gestion/aide".to_owned())
        );
    }
}
