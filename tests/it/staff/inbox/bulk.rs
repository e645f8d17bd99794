//! One act on several cases: a look at the list first, then each case on its own.

use reclamations::case::{Nature, Reference};
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;

const AT: &str = "2026-04-30T08:00:00Z";

async fn desk(role: Role, n_cases: usize) -> (TestApp, Browser, Vec<String>) {
    let app = TestApp::spawn_at(AT).await;
    let browser = app.browser();
    app.colleague(&browser, "Idriss Benali", role).await;
    let mut references = Vec::new();
    for _ in 0..n_cases {
        references.push(app.case(Nature::Complaint, By::Post).await);
    }
    (app, browser, references)
}

fn query(references: &[String], more: &str) -> String {
    let ids = references.iter().map(|reference| {
        let case = Reference::parse(reference).unwrap().case().0;
        format!("dossier={case}")
    });
    format!("/gestion/lot?{}&{more}", ids.collect::<Vec<_>>().join("&"))
}

/// Sends the form of a page of confirmation as it stands.
async fn confirm(browser: &Browser, page: &Page) -> Page {
    assert_eq!(page.status, 200, "{}", page.text());
    let cases = page.attributes("main input[name=dossier]", "value");
    let csrf = page.value("csrf");
    let names = ["faire", "gestionnaire", "etiquette", "nouvelle"];
    let values = names.map(|name| (name, page.value(name)));
    let mut fields: Vec<(&str, &str)> = vec![("csrf", &csrf)];
    fields.extend(values.iter().map(|(name, value)| (*name, value.as_str())));
    fields.extend(cases.iter().map(|case| ("dossier", case.as_str())));
    browser.post("/gestion/lot", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_given_one_by_one_and_one_that_changed_is_told() {
    let (app, idriss, references) = desk(Role::Supervisor, 3).await;
    let claire = app.browser();
    app.colleague(&claire, "Claire Morvan", Role::Handler).await;
    let inbox = idriss.get("/gestion").await;
    let options = inbox.attributes("#lot-gestionnaire option", "value");
    let handler = options.last().unwrap();
    let asked = query(
        &references,
        &format!("faire=attribuer&gestionnaire={handler}"),
    );
    let page = idriss.get(&asked).await;
    assert_eq!(page.texts(".picked a"), references);

    let [first, changed, third] = references.as_slice() else {
        panic!("three cases")
    };
    claire.act(changed, "note", &[("note", "Vu.")]).await;
    let before = app.snapshot(first).await;
    let before_changed = app.snapshot(changed).await;
    let done = confirm(&idriss, &page).await;
    assert_eq!(done.status, 200);
    assert_eq!(done.texts(".callout.warning .picked a"), [changed.as_str()]);
    assert_eq!(
        done.texts(".flow > .picked a"),
        [first.as_str(), third.as_str()]
    );
    app.assert_changed(&before, &["case.assigned"], &["cases.handler_id"])
        .await;
    app.assert_changed(&before_changed, &[], &[]).await;

    // Sent again: what is done is done.
    let before = app.snapshot(first).await;
    let again = confirm(&idriss, &page).await;
    assert!(
        again.text().contains("2 dossiers l’étaient déjà"),
        "{}",
        again.text()
    );
    app.assert_changed(&before, &[], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_is_put_on_found_and_taken_off() {
    let (app, claire, references) = desk(Role::Handler, 2).await;
    let [first, second] = references.as_slice() else {
        panic!("two cases")
    };
    let before = app.snapshot(first).await;
    let page = claire
        .get(&query(
            &references[..1],
            "faire=etiqueter&nouvelle=%C3%80+rappeler",
        ))
        .await;
    app.assert_changed(&before, &[], &[]).await;
    confirm(&claire, &page).await;
    app.assert_changed(&before, &["case.labelled"], &["+ case_labels"])
        .await;

    let inbox = claire.get("/gestion").await;
    assert!(
        inbox
            .texts(".inbox .person")
            .concat()
            .contains("À rappeler")
    );
    let label = inbox.attribute("#lot-etiquette option:last-child", "value");
    let label = label.unwrap();
    let found = claire.get(&format!("/gestion?etiquette={label}")).await;
    assert_eq!(found.texts(".inbox .reference"), [first.as_str()]);

    // The same name in other letters is the same label.
    let same = query(&references[1..], "faire=etiqueter&nouvelle=%C3%A0+RAPPELER");
    confirm(&claire, &claire.get(&same).await).await;
    let found = claire.get(&format!("/gestion?etiquette={label}")).await;
    assert_eq!(found.texts(".inbox .reference").len(), 2);

    let before = app.snapshot(second).await;
    let off = query(
        &references[1..],
        &format!("faire=desetiqueter&etiquette={label}"),
    );
    confirm(&claire, &claire.get(&off).await).await;
    app.assert_changed(&before, &["case.unlabelled"], &["- case_labels"])
        .await;
    let kinds = "SELECT count(*) FROM journal_events WHERE kind = 'label.created'";
    let rows = app.database.rows(kinds).await;
    assert_eq!(rows.first().unwrap().get::<_, i64>(0), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_says_what_to_do() {
    let (app, claire, references) = desk(Role::Handler, 1).await;
    let many: Vec<String> = (1..=51).map(|n| format!("dossier={n}")).collect();
    let too_many = many.join("&");
    for (asked, words) in [
        ("/gestion/lot?faire=etiqueter".to_owned(), "Cochez au moins"),
        (
            format!("/gestion/lot?{too_many}&faire=etiqueter"),
            "50 dossiers au plus",
        ),
        (query(&references, ""), "Choisissez ce qu’il faut faire"),
        (
            query(&references, "faire=cloturer"),
            "Choisissez ce qu’il faut faire",
        ),
        (
            query(&references, "faire=etiqueter"),
            "Choisissez une étiquette",
        ),
        (
            query(&references, "faire=etiqueter&nouvelle=%07"),
            "Choisissez une étiquette",
        ),
        (
            query(&references, "faire=desetiqueter&etiquette=9"),
            "Choisissez une étiquette",
        ),
        (
            "/gestion/lot?dossier=999999&faire=etiqueter&nouvelle=x".to_owned(),
            "Cochez au moins",
        ),
    ] {
        let page = claire.get(&asked).await;
        assert_eq!(page.status, 422, "{asked}");
        let text = page.text().replace('\u{a0}', " ");
        assert!(text.contains(words), "{asked}: {text}");
    }
    let given = query(&references, "faire=attribuer&gestionnaire=1");
    assert_eq!(claire.get(&given).await.status, 403);
    let idriss = app.browser();
    app.colleague(&idriss, "Paul Roy", Role::Supervisor).await;
    let nobody = query(&references, "faire=attribuer&gestionnaire=999");
    let page = idriss.get(&nobody).await;
    assert!(page.text().contains("Choisissez à qui"));
}
