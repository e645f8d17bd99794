//! What cannot be registered comes back with what to do, and nothing typed is lost.

use reclamations::staff::Role;

use crate::staff::entry::{FORM, LETTER, desk, reference, with};

/// A field, what is typed in it, and what is said of it.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "received_on",
        "27/04/2026",
        "ne peut pas être reçu avant d’avoir été envoyé",
    ),
    ("received_on", "05/05/2026", "dans le futur"),
    ("written_on", "hier", "jour/mois/année"),
    ("written_on", "", "cachet de la poste"),
    ("wrote_on", "31/02/2026", "jour/mois/année"),
    ("last_name", " ", "Indiquez le nom de la personne."),
    ("capacity", "", "Indiquez à quel titre"),
    (
        "postal_address",
        "",
        "Indiquez une adresse e-mail ou une adresse postale",
    ),
    ("email", "armand@", "ressemble à nom@exemple.fr"),
    ("product", "boat", "Choisissez une ligne de la liste."),
    ("facts", "", "Recopiez ou résumez"),
    ("nature", "", "À qualifier"),
    ("channel", "web", "Indiquez comment"),
];

#[tokio::test(flavor = "multi_thread")]
async fn dates_that_cannot_be_are_refused_and_nothing_is_lost() {
    let (app, browser) = desk().await;
    for &(field, typed, told) in REFUSED {
        let page = browser
            .type_in(&with(LETTER, &[(field, typed)]), "continuer")
            .await;
        assert_eq!(page.status, 422, "{field} {typed}");
        let errors = page
            .texts(".error-summary li")
            .concat()
            .replace('\u{202f}', " ");
        assert!(errors.contains(told), "{field} {typed}: {errors}");
        let shown = if field == "email" || field == "postal_address" {
            "email"
        } else {
            field
        };
        assert!(
            page.attribute(&format!("#{shown}"), "id").is_some(),
            "{field}"
        );
        assert_eq!(
            page.texts("textarea#facts").concat(),
            if field == "facts" {
                ""
            } else {
                "Ma résiliation n’a pas été traitée."
            }
        );
        assert!(page.texts("title").concat().starts_with("Erreur"));
    }
    assert!(app.database.rows("SELECT FROM cases").await.is_empty());
    // Each was kept as a draft of its own, to go on with.
    let drafts = browser.get(FORM).await.attributes(".panel a", "href");
    assert_eq!(drafts.len(), REFUSED.len());
    let mut kept = Vec::new();
    for draft in &drafts {
        kept.push(browser.get(draft).await.value("last_name"));
    }
    kept.sort();
    assert_eq!(kept.first().unwrap(), " ");
    assert!(kept.iter().skip(1).all(|name| name == "Bérenger"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_dates_are_needed_to_see_them() {
    let (_app, browser) = desk().await;
    let dates = [
        ("channel", "post"),
        ("nature", "open"),
        ("written_on", "28/04/2026"),
        ("received_on", "30/04/2026"),
    ];
    let page = browser.type_in(&dates, "dates").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.texts("#dates .when").len(), 4);
    let page = browser
        .type_in(&with(&dates, &[("received_on", "")]), "dates")
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.texts(".error-summary li"),
        ["Indiquez la date de la réception."]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_long_ago_is_asked_twice() {
    let (app, browser) = desk().await;
    let old = with(
        LETTER,
        &[("written_on", "28/04/2023"), ("received_on", "30/04/2026")],
    );
    let check = browser.to_check(&old).await;
    let page = browser.get(&check).await;
    assert!(page.text().contains("remonte à plus de deux ans"));
    let refused = browser.register(&check, &[]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("#ancien-erreur").len(), 1);
    assert!(app.database.rows("SELECT FROM cases").await.is_empty());
    let registered = browser.register(&check, &[("ancien", "oui")]).await;
    reference(&registered, "enregistrement");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_may_be_known_is_shown_before() {
    let (_app, browser) = desk().await;
    let first = browser.register(&browser.to_check(LETTER).await, &[]).await;
    let first = reference(&first, "enregistrement");
    let same = |field, typed: &'static str| {
        with(
            LETTER,
            &[
                ("last_name", "Autre"),
                ("contract_number", ""),
                (field, typed),
            ],
        )
    };
    for (fields, why) in [
        (same("last_name", "BÉRENGER"), "même nom"),
        (same("contract_number", "hab-2024-117204"), "même contrat"),
    ] {
        let page = browser.get(&browser.to_check(&fields).await).await;
        let told = page.texts(".callout.warning li").concat();
        assert!(told.contains(&first) && told.contains(why), "{told}");
    }
    let page = browser
        .get(&browser.to_check(&same("phone", "0102")).await)
        .await;
    assert!(page.texts(".callout.warning").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_authors_alone() {
    let (app, browser) = desk().await;
    let check = browser.to_check(LETTER).await;
    let draft = check.strip_prefix(&format!("{FORM}/")).unwrap().to_owned();
    let other = app.browser();
    app.colleague(&other, "Idriss Benali", Role::Handler).await;
    assert_eq!(other.get(&check).await.status, 404);
    assert_eq!(
        other.get(&format!("{FORM}?brouillon={draft}")).await.status,
        404
    );
    let csrf = other.get(FORM).await.value("csrf");
    let posted = other
        .post(&check, &[("csrf", &csrf), ("version", "1")])
        .await;
    assert_eq!(posted.status, 404);
    let gone = other
        .post(&format!("{check}/abandon"), &[("csrf", &csrf)])
        .await;
    assert_eq!(gone.status, 303);
    // What someone else types under its id is kept apart.
    let theirs = with(
        LETTER,
        &[
            ("csrf", &csrf),
            ("brouillon", &draft),
            ("last_name", "Autre"),
        ],
    );
    let sent = other.post(FORM, &theirs).await;
    assert_ne!(sent.location(), check);
    assert!(browser.get(&check).await.text().contains("Bérenger"));

    let gone = browser.get(FORM).await.value("csrf");
    let gone = browser
        .post(&format!("{check}/abandon"), &[("csrf", &gone)])
        .await;
    assert!(
        browser
            .get(gone.location())
            .await
            .text()
            .contains("La saisie est abandonnée")
    );
    assert_eq!(browser.get(&check).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_registered_is_what_was_shown() {
    let (app, browser) = desk().await;
    let check = browser.to_check(LETTER).await;
    let page = browser.get(&check).await;
    let (csrf, version) = (page.value("csrf"), page.value("version"));
    let draft = check.strip_prefix(&format!("{FORM}/")).unwrap();
    let changed = with(
        LETTER,
        &[
            ("csrf", &csrf),
            ("brouillon", draft),
            ("facts", "Autre chose."),
        ],
    );
    browser.post(FORM, &changed).await;
    let refused = browser
        .post(&check, &[("csrf", &csrf), ("version", &version)])
        .await;
    let again = browser.get(refused.location()).await;
    assert!(again.text().contains("modifié dans une autre fenêtre"));
    assert!(again.text().contains("Autre chose."));
    assert!(app.database.rows("SELECT FROM cases").await.is_empty());
}
