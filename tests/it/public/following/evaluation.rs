//! What the person thinks of our answer.

use chrono::TimeDelta;

use crate::public::following::person::{Person, answer, complaint, count, journal};

async fn answered() -> (
    crate::support::app::TestApp,
    crate::support::browser::Browser,
    Person,
) {
    let (app, staff, person) = complaint().await;
    let grounds = "Votre lettre est bien arrivée à temps.";
    answer(&staff, &person.receipt.reference, grounds, "30/04/2026").await;
    (app, staff, person)
}

async fn say(person: &Person, level: &str, comment: &str) -> crate::support::browser::Page {
    let page = person.page().await;
    let version = page.value("version");
    let fields = [
        ("version", version.as_str()),
        ("avis", level),
        ("commentaire", comment),
    ];
    person.send("avis", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_given_changed_and_seen_by_staff() {
    let (app, staff, person) = answered().await;
    let done = say(&person, "unsatisfied", "Trop lent.").await;
    assert!(
        person
            .told(&done)
            .await
            .contains("votre avis est enregistré")
    );
    let page = person.page().await;
    assert!(
        page.text()
            .contains("Cet avis ne conteste pas la réponse par lui-même")
    );
    assert_eq!(
        page.texts("h1"),
        ["Nous avons répondu à votre réclamation"],
        "nothing reopens"
    );
    assert_eq!(
        page.attribute("input[name=avis][checked]", "value")
            .as_deref(),
        Some("unsatisfied")
    );
    assert_eq!(page.texts("textarea#commentaire"), ["Trop lent."]);
    let case = staff.case(&person.receipt.reference).await.text();
    assert!(
        case.contains("Pas satisfaite") && case.contains("Trop lent."),
        "{case}"
    );

    app.state.clock.advance(TimeDelta::minutes(5));
    for _ in 0..10 {
        say(&person, "satisfied", "").await.location();
    }
    let case = staff.case(&person.receipt.reference).await.text();
    assert!(
        case.contains("Satisfaite de la réponse") && !case.contains("Trop lent."),
        "{case}"
    );
    assert_eq!(
        count(&app, "SELECT count(*) FROM evaluations WHERE version = 2").await,
        1
    );
    let kinds = journal(&app, &person).await;
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| *kind == "answer.evaluated")
            .count(),
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pages_show_both_and_lose_neither() {
    let (_app, _staff, person) = answered().await;
    let stale = person.page().await.value("version");
    say(&person, "partly", "Premier avis.").await.location();
    let fields = [
        ("version", stale.as_str()),
        ("avis", "unsatisfied"),
        ("commentaire", "Second avis."),
    ];
    let late = person.send("avis", &fields).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("Premier avis.") && late.text().contains("En partie"));
    assert_eq!(late.texts("textarea#commentaire"), ["Second avis."]);
    let again = [
        ("version", &*late.value("version")),
        ("avis", "unsatisfied"),
        ("commentaire", "Second avis."),
    ];
    person.send("avis", &again).await.location();
    assert_eq!(
        person.page().await.texts("textarea#commentaire"),
        ["Second avis."]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_needed_and_a_comment_is_short() {
    let (app, _staff, person) = answered().await;
    let long = "é".repeat(1_001);
    for (level, comment, field) in [
        ("", "Bien.", "avis"),
        ("enchanted", "Bien.", "avis"),
        ("satisfied", long.as_str(), "commentaire"),
    ] {
        let page = say(&person, level, comment).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.texts(&format!("#{field}-erreur")).len(), 1, "{field}");
        assert_eq!(page.texts("textarea#commentaire"), [comment]);
        assert!(page.attribute(&format!("#{field}"), "id").is_some());
    }
    assert_eq!(count(&app, "SELECT count(*) FROM evaluations").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_after_the_answer_it_no_longer_changes() {
    let (app, _staff, person) = answered().await;
    say(&person, "partly", "Mitigé.").await.location();
    let page = person.page().await;
    assert!(
        page.text().contains("jusqu’au 30 mai 2026"),
        "{}",
        page.text()
    );
    let (csrf, version) = (page.value("csrf"), page.value("version"));
    app.state.clock.advance(TimeDelta::days(30));
    let person = Person::opening(&app, person.receipt.clone()).await;
    say(&person, "satisfied", "Le dernier jour.")
        .await
        .location();
    app.state.clock.advance(TimeDelta::days(1));
    let person = Person::opening(&app, person.receipt.clone()).await;
    let page = person.page().await;
    assert!(page.texts("textarea#commentaire").is_empty());
    assert!(
        page.text().contains("ce délai a pris fin le 30 mai 2026"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Le dernier jour."));
    drop(csrf);
    let fields = [
        ("version", version.as_str()),
        ("avis", "unsatisfied"),
        ("commentaire", "Trop tard."),
    ];
    let late = person.send("avis", &fields).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("ce délai est passé") && late.text().contains("Trop tard."));
    assert!(
        late.attribute("#avis", "id").is_some(),
        "the summary leads somewhere"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_evaluate_before_the_answer() {
    let (app, _staff, person) = complaint().await;
    assert!(person.page().await.texts("#votre-avis").is_empty());
    let fields = [("version", "0"), ("avis", "satisfied")];
    assert_eq!(person.send("avis", &fields).await.status, 422);
    assert_eq!(count(&app, "SELECT count(*) FROM evaluations").await, 0);
}
