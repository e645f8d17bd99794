//! An e-mail that came back, as the person, staff and the mediator read of it; the letter that takes
//! its place is the very one that was made.

use std::io::{Cursor, Read as _};

use reclamations::case::incoming::State;

use crate::incoming::bouncing::{acknowledged, answered, returned};
use crate::staff::post::{DESK, print};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::smtp::SmtpServer;
use crate::support::{cases, pdf};

const CONTACT: &str = "/suivi/dossier/coordonnees";

/// A server gives this e-mail of ours back.
async fn comes_back(app: &TestApp, id: &str) {
    let failed = returned(id, ("failed", "5.1.1"));
    assert_eq!(app.receives(&failed, None).await, Some(State::SetAside));
}

/// The person says where a letter reaches them.
pub(super) async fn gives_postal_address(person: &Browser) {
    let page = person.get(CONTACT).await;
    let (csrf, version) = (page.value("csrf"), page.value("version"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("version", version.as_str()),
        ("email", "jeanne@example.org"),
        ("postal_address", "2 rue Basse\n75002 Paris"),
        ("preferred_reply", "email"),
        ("phone", ""),
        ("accessibility", ""),
    ];
    person.post(CONTACT, &fields).await.location();
}

/// The first page of the file for the mediator, on one line.
async fn cover(staff: &Browser, reference: &str) -> String {
    let path = format!("{}/dossier-mediateur", cases::address(reference));
    let (_, bytes) = staff.press_for_bytes(&path).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut cover = Vec::new();
    zip.by_name("00-sommaire-et-chronologie.pdf")
        .unwrap()
        .read_to_end(&mut cover)
        .unwrap();
    plain(&pdf::flat(&cover))
}

pub(super) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_reads_that_the_acknowledgement_came_back() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, id) = acknowledged(&smtp).await;
    let person = app.person(&reference).await;
    let read = async || plain(&person.get("/suivi/dossier").await.text());
    assert!(!read().await.contains("parvenu"));

    comes_back(&app, &id).await;
    let page = read().await;
    for said in [
        "Notre courriel ne vous est pas parvenu : l’accusé de réception est à envoyer par lettre (Service Réclamations)",
        "Un de nos courriels ne vous est pas parvenu",
        "nous n’avons pas votre adresse postale : indiquez-la-nous",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    gives_postal_address(&person).await;
    let page = read().await;
    let posted_there = "Nous vous l’envoyons par lettre, à l’adresse postale";
    assert!(page.contains(posted_there), "{page}");

    let shown = plain(&staff.case(&reference).await.text());
    for said in [
        "Courriel revenu, non distribué : Accusé de réception",
        "À envoyer par courrier : Accusé de réception",
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    let cover = cover(&staff, &reference).await;
    for said in [
        "Courriel revenu sans avoir été distribué : accusé de réception ; à envoyer par lettre",
        "Accusé de réception, par courriel : revenu sans avoir été distribué le 30 avril 2026",
    ] {
        assert!(cover.contains(said), "{said} in {cover}");
    }

    let posted = [("lettre", "acknowledgement"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    assert!(!read().await.contains("Un de nos courriels"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_an_answer_that_came_back_is_the_one_to_post() {
    let smtp = SmtpServer::start().await;
    let (app, staff, reference, _) = acknowledged(&smtp).await;
    let id = answered(&smtp, &app, &staff, &reference).await;
    let letters = "SELECT encode(sha256, 'hex') FROM case_files JOIN uploads ON id = upload
                   WHERE letter = 'answer'";
    let digests = async || -> Vec<String> {
        let rows = app.database.rows(letters).await;
        rows.iter().map(|row| row.get(0)).collect()
    };
    let made = digests().await;
    assert_eq!(made.len(), 1);

    comes_back(&app, &id).await;
    let person = app.person(&reference).await;
    let page = plain(&person.get("/suivi/dossier").await.text());
    let told = "Notre courriel ne vous est pas parvenu : la réponse est à envoyer par lettre";
    assert!(page.contains(told), "{page}");
    gives_postal_address(&person).await;
    let rows = staff.get(DESK).await.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    let before = app.snapshot(&reference).await;
    let run = print(&staff, &[0]).await.location().to_owned();
    app.assert_changed(&before, &["letter.prepared"], &["postal_tasks.print_run"])
        .await;
    assert_eq!(digests().await, made);
    let file = staff.download(&format!("{run}/fichier")).await.1;
    let said = pdf::flat(&file);
    assert!(said.contains("fait double emploi"), "{said}");

    let posted = [("lettre", "answer"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    assert_eq!(digests().await, made);
    let page = person.get("/suivi/dossier").await;
    let mut kept = Vec::new();
    for link in page.attributes(".files a", "href") {
        kept.push(pdf::flat(&person.download(&link).await.1));
    }
    // The letter that was made of the acknowledgement's e-mail may be there too.
    assert!(kept.iter().any(|one| said.contains(one)), "{kept:?}");
}
