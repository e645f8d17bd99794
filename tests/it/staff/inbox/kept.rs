//! What each person keeps of the inbox: lists under a name, keys on or off; and the way to a case.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

async fn save(browser: &Browser, name: &str, query: &str) -> crate::support::browser::Page {
    let csrf = browser.get("/gestion").await.value("csrf");
    let fields = [("csrf", csrf.as_str()), ("nom", name), ("adresse", query)];
    browser.post("/gestion/filtres", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_kept_under_a_name_by_its_owner_alone() {
    let app = TestApp::spawn_at(AT).await;
    let (claire, paul) = (app.browser(), app.browser());
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    app.colleague(&paul, "Paul Roy", Role::Handler).await;
    let page = claire.get("/gestion?liste=retard&canal=courrier").await;
    let query = page.value("adresse");
    let saved = save(&claire, " Courrier  en retard ", &query).await;
    assert_eq!(saved.location(), "/gestion?liste=retard&canal=courrier");
    let listed = |page: &crate::support::browser::Page| page.texts(".filters .forget > a");
    let page = claire.get("/gestion").await;
    assert_eq!(listed(&page), ["Courrier en retard"]);
    let link = page.attribute(".filters .forget > a", "href").unwrap();
    assert_eq!(link, "/gestion?liste=retard&canal=courrier");
    assert!(listed(&paul.get("/gestion").await).is_empty());

    // The same name again takes its place; what means nothing is not kept.
    save(&claire, "courrier EN retard", "liste=tous&nature=autre").await;
    let page = claire.get("/gestion").await;
    let link = page.attribute(".filters .forget > a", "href").unwrap();
    assert_eq!(link, "/gestion?liste=tous");

    let forget = page.attribute(".forget", "action").unwrap();
    for (browser, left) in [(&paul, 1), (&claire, 0), (&claire, 0)] {
        let csrf = browser.get("/gestion").await.value("csrf");
        let done = browser.post(&forget, &[("csrf", &csrf)]).await;
        assert_eq!(done.location(), "/gestion");
        assert_eq!(listed(&claire.get("/gestion").await).len(), left);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_a_name_is_not_lost() {
    let app = TestApp::spawn_at(AT).await;
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    for name in ["", "  ", &"é".repeat(61)] {
        let refused = save(&claire, name, "liste=retard&q=Dupont").await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.value("nom"), name);
        assert_eq!(refused.value("adresse"), "liste=retard&q=Dupont");
        assert!(!refused.texts("#nom-erreur").is_empty());
    }
    for n in 0..30 {
        save(&claire, &format!("Liste {n}"), "liste=tous")
            .await
            .location();
    }
    let one_too_many = save(&claire, "Liste 30", "liste=tous").await;
    assert_eq!(one_too_many.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn single_keys_can_be_switched_off() {
    let app = TestApp::spawn_at(AT).await;
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    let has_script = async || {
        let page = claire.get("/gestion").await;
        page.attribute("script[src*=inbox]", "src").is_some()
    };
    assert!(has_script().await);
    for (choice, has) in [("non", false), ("non", false), ("oui", true)] {
        let csrf = claire.get("/gestion").await.value("csrf");
        let fields = [("csrf", csrf.as_str()), ("actifs", choice)];
        let done = claire.post("/gestion/raccourcis", &fields).await;
        assert_eq!(done.location(), "/gestion#clavier");
        assert_eq!(has_script().await, has);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_in_the_search_opens_its_case() {
    let app = TestApp::spawn_at(AT).await;
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    for typed in [
        reference.to_lowercase(),
        reference.replace('-', ""),
        reference.replace("ASK-", ""),
    ] {
        let found = claire.get(&format!("/gestion?q={typed}")).await;
        let case = claire.get(found.location()).await;
        assert_eq!(case.location(), format!("/gestion/dossiers/{reference}"));
    }
    let (rest, letter) = reference.split_at(reference.len() - 1);
    let wrong = if letter == "A" { "B" } else { "A" };
    let found = claire.get(&format!("/gestion?q={rest}{wrong}")).await;
    let page = claire.get(found.location()).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("Vérifiez la référence"));
    let other_year = reference.replacen("2026", "2025", 1);
    let found = claire.get(&format!("/gestion?q={other_year}")).await;
    let page = claire.get(found.location()).await;
    assert!([404, 422].contains(&page.status.as_u16()));
}
