//! The person changes how to be reached.

use reclamations::case::Nature;

use crate::public::following::person::{Person, count, journal, letters};
use crate::public::following::{TODAY, confirm};
use crate::support::app::TestApp;
use crate::support::browser::Page;
use crate::support::cases::By;
use crate::support::filing::{COMPLAINT, file};
use crate::support::smtp::SmtpServer;
use reclamations::staff::Role;

const PATH: &str = "/suivi/dossier/coordonnees";

/// Sends the form as it is shown, with these fields changed.
async fn change(person: &Person, shown: &Page, changed: &[(&str, &str)]) -> Page {
    let value = |name: &str| {
        let typed = changed.iter().find(|(changed, _)| *changed == name);
        typed.map_or_else(|| kept(shown, name), |(_, typed)| (*typed).to_owned())
    };
    let names = [
        "email",
        "postal_address",
        "preferred_reply",
        "phone",
        "accessibility",
    ];
    let values: Vec<String> = names.iter().map(|name| value(name)).collect();
    let (csrf, version) = (shown.value("csrf"), shown.value("version"));
    let mut fields = vec![("csrf", csrf.as_str()), ("version", version.as_str())];
    fields.extend(names.iter().copied().zip(values.iter().map(String::as_str)));
    person.browser.post(PATH, &fields).await
}

fn kept(shown: &Page, name: &str) -> String {
    match name {
        "postal_address" => shown.texts("#postal_address").concat(),
        "preferred_reply" => shown
            .attribute("input[name=preferred_reply][checked]", "value")
            .unwrap_or_default(),
        _ => shown.value(name),
    }
}

async fn form(person: &Person) -> Page {
    person.browser.get(PATH).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_is_confirmed_again_and_the_old_one_is_told() {
    let smtp = SmtpServer::start().await;
    let app = TestApp::spawn_with(TODAY, &["--relay", &smtp.url()]).await;
    let background = app.start_background();
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    smtp.wait_for(1).await;
    confirm(&app, &receipt).await;
    smtp.wait_for(2).await;
    let person = Person::opening(&app, receipt).await;
    let changed = [("email", "jeanne@example.net"), ("phone", "06 12 34 56 78")];
    let done = change(&person, &form(&person).await, &changed).await;
    assert!(person.told(&done).await.contains("nouvelle adresse"));

    let mails = smtp.wait_for(4).await;
    let (new, old) = (mails.get(2).unwrap(), mails.get(3).unwrap());
    assert_eq!(new.header("To"), Some("jeanne@example.net"));
    assert_eq!(old.header("To"), Some("jeanne.lefevre@example.org"));
    for secret in ["example.net", "06 12", "Lefèvre", "résiliation"] {
        assert!(!old.body.contains(secret), "{secret} in {}", old.body);
    }
    assert!(old.body.contains("a été changée"));
    assert!(person.page().await.text().contains("reste à confirmer"));
    let case = staff.case(&person.receipt.reference).await.text();
    for told in [
        "jeanne@example.net adresse non confirmée",
        "Coordonnées modifiées",
        "30 avril 2026",
    ] {
        assert!(case.contains(told), "{told} in {case}");
    }

    let link = new.link("/suivi/confirmation/").unwrap();
    let path = link.strip_prefix(&app.address).unwrap();
    person.browser.fill(path, &[]).await.location();
    let copy = smtp.wait_for(5).await.remove(4);
    assert_eq!(copy.header("To"), Some("jeanne@example.net"));
    assert!(!person.page().await.text().contains("reste à confirmer"));
    background.finish().await;
    assert_eq!(count(&app, "SELECT count(*) FROM former_contacts").await, 1);
    assert!(
        journal(&app, &person)
            .await
            .contains(&"contact.changed".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_times_is_once_and_the_same_again_is_nothing() {
    let app = TestApp::spawn_at(TODAY).await;
    let person = Person::of_case(&app, Nature::Complaint, By::Email).await;
    let shown = form(&person).await;
    for _ in 0..10 {
        let done = change(&person, &shown, &[("phone", "06 12 34 56 78")]).await;
        assert_eq!(done.location(), "/suivi/dossier?fait=coordonnees");
    }
    change(&person, &form(&person).await, &[]).await.location();
    let kinds = journal(&app, &person).await;
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| *kind == "contact.changed")
            .count(),
        1
    );
    assert_eq!(
        count(&app, "SELECT count(*) FROM outbox").await,
        1,
        "no address changed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pages_show_both_and_lose_neither() {
    let app = TestApp::spawn_at(TODAY).await;
    let person = Person::of_case(&app, Nature::Complaint, By::Email).await;
    let stale = form(&person).await;
    change(
        &person,
        &form(&person).await,
        &[("phone", "01 11 11 11 11")],
    )
    .await
    .location();
    let late = change(
        &person,
        &stale,
        &[
            ("phone", "02 22 22 22 22"),
            ("accessibility", "Gros caractères"),
        ],
    )
    .await;
    assert_eq!(late.status, 409);
    let told = late.texts(".callout.warning").concat();
    assert!(
        told.contains("Téléphone") && told.contains("01 11 11 11 11"),
        "{told}"
    );
    assert_eq!(late.value("phone"), "02 22 22 22 22");
    assert_eq!(late.value("accessibility"), "Gros caractères");
    change(&person, &late, &[]).await.location();
    assert_eq!(form(&person).await.value("phone"), "02 22 22 22 22");
    assert_eq!(count(&app, "SELECT count(*) FROM former_contacts").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_way_to_answer_must_remain_and_each_must_be_right() {
    let app = TestApp::spawn_at(TODAY).await;
    let person = Person::of_case(&app, Nature::Complaint, By::Email).await;
    let long = "0".repeat(41);
    for (changed, field) in [
        (vec![("email", "")], "email"),
        (vec![("email", "jeanne")], "email"),
        (vec![("email", "jeanne@exa mple.org")], "email"),
        (vec![("postal_address", "x")], "postal_address"),
        (vec![("phone", long.as_str())], "phone"),
        (vec![("preferred_reply", "post")], "postal_address"),
        (vec![("accessibility", "a\u{0}b")], "accessibility"),
    ] {
        let page = change(&person, &form(&person).await, &changed).await;
        assert_eq!(page.status, 422, "{changed:?}");
        assert_eq!(
            page.texts(&format!("#{field}-erreur")).len(),
            1,
            "{changed:?}"
        );
        assert!(page.texts("title").concat().starts_with("Erreur"));
        for (name, typed) in &changed {
            // A page cannot hold the character that is refused.
            let shown = kept(&page, name).replace('\u{fffd}', "\0");
            assert_eq!(&shown, typed);
        }
    }
    assert_eq!(count(&app, "SELECT count(*) FROM former_contacts").await, 0);

    let by_post = [
        ("email", ""),
        ("postal_address", "2 rue Basse\r\n75002 Paris"),
        ("preferred_reply", "post"),
    ];
    change(&person, &form(&person).await, &by_post)
        .await
        .location();
    let page = person.page().await;
    assert!(!page.text().contains("reste à confirmer") && page.text().contains("2 rue Basse"));
    // Nobody knows whether what was sent to the address before arrived.
    assert_eq!(letters(&app).await, ["copy"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_about_to_write_are_told_first() {
    let app = TestApp::spawn_at(TODAY).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let person = Person::of_case(&app, Nature::Complaint, By::Post).await;
    let reference = &person.receipt.reference;
    let shown = staff.shown(reference).await;
    let moved = [("postal_address", "9 quai Neuf\r\n69002 Lyon")];
    change(&person, &form(&person).await, &moved)
        .await
        .location();
    let posted = [("lettre", "acknowledgement"), ("date", "30/04/2026")];
    let late = staff
        .act_on(&shown, reference, "accuse-par-courrier", &posted)
        .await;
    assert_eq!(late.status, 409);
    assert!(
        late.text()
            .contains("Coordonnées modifiées par la personne"),
        "{}",
        late.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_of_what_was_sent_keeps_the_address_it_was_sent_with() {
    let app = TestApp::spawn_at(TODAY).await;
    let person = Person::of_case(&app, Nature::Complaint, By::Post).await;
    let copy = |page: &Page| {
        page.texts("details.panel dl")
            .concat()
            .replace('\u{a0}', " ")
    };
    let page = person.page().await;
    assert!(!copy(&page).contains("modifiées"), "{}", copy(&page));
    for address in [
        "9 rue Haute\r\n69001 Lyon",
        "1 place Ronde\r\n13001 Marseille",
    ] {
        let changed = [("postal_address", address)];
        change(&person, &form(&person).await, &changed)
            .await
            .location();
    }
    let page = person.page().await;
    let copy = copy(&page);
    assert!(copy.contains("2 rue Basse"), "{copy}");
    assert!(copy.contains("Coordonnées modifiées le"), "{copy}");
    assert!(copy.contains("30 avril 2026"), "{copy}");
    assert!(!copy.contains("Ronde"), "{copy}");
    let (_, bytes) = person
        .browser
        .download("/suivi/dossier/mon-dossier.zip")
        .await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut entry = zip.by_name("1-votre-envoi.txt").unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
    assert!(
        text.contains("2 rue Basse") && !text.contains("Ronde"),
        "{text}"
    );
}
