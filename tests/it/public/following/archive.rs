//! « Mon dossier »: a ZIP of what the person may know, streamed, readable by a link too.

use std::io::{Cursor, Read};

use chrono::TimeDelta;
use reclamations::case::Reference;
use reclamations::case::links::Bond;
use reclamations::staff::Role;
use zip::ZipArchive;

use crate::public::following::{ADDRESS, TODAY, open};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::filing::{COMPLAINT, file, fill_in, receipt};
use crate::support::samples::pdf;

const PATH: &str = "/suivi/dossier/mon-dossier.zip";

/// The names of the entries, and all their texts.
fn read(bytes: Vec<u8>) -> (Vec<String>, String) {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let (mut names, mut all) = (Vec::new(), String::new());
    for place in 0..zip.len() {
        let mut entry = zip.by_index(place).unwrap();
        names.push(entry.name().unwrap().into_owned());
        entry.read_to_string(&mut all).unwrap();
    }
    (names, all)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_holds_what_the_person_knows_and_nothing_else() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let staff = app.browser();
    let reference = receipt.reference.as_str();
    app.colleague(&staff, "Claire Morvan", Role::Supervisor)
        .await;
    let note = [("note", "Client difficile, prudence.")];
    staff.act(reference, "note", &note).await.location();
    let message = [("message", "Pouvez-vous nous envoyer le relevé ?")];
    staff.act(reference, "message", &message).await.location();

    let person = app.browser();
    assert_eq!(person.get(PATH).await.location(), "/suivi?avis=expire");
    open(&person, &receipt).await.location();
    app.state.clock.advance(TimeDelta::minutes(5));
    let (headers, bytes) = person.download(PATH).await;
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/zip");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    let name = format!("attachment; filename=\"dossier-{reference}.zip\"");
    assert_eq!(header("content-disposition"), name);
    let (names, all) = read(bytes);
    assert_eq!(
        names,
        [
            "LISEZ-MOI.txt",
            "1-votre-envoi.txt",
            "2-echanges.txt",
            "3-chronologie.txt",
            "4-pour-le-mediateur.txt"
        ]
    );
    for told in [
        "Ma demande de résiliation",
        "Pouvez-vous nous envoyer le relevé",
        "Réclamation déposée (Vous)",
        "HAB-2024-117204",
        "TSA 50110",
        "30\u{a0}avril\u{a0}2027",
        "Lefèvre Jeanne",
    ] {
        assert!(all.contains(told), "{told} in {all}");
    }
    for secret in ["difficile", "Morvan", "Claire", &receipt.code] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_enough_to_keep_a_copy() {
    let app = TestApp::spawn_at(TODAY).await;
    let receipt = file(&app.browser(), &COMPLAINT).await;
    let case = Reference::parse(&receipt.reference).unwrap().case();
    let bond = Bond {
        email: ADDRESS,
        code_generation: 0,
    };
    let url = app.state.office.links.follow(case, bond, app.now()).url;
    let reader = app.browser();
    let path = url.strip_prefix(&app.address).unwrap();
    reader.fill(path, &[]).await.location();
    let (_, bytes) = reader.download(PATH).await;
    assert!(ZipArchive::new(Cursor::new(bytes)).is_ok());
}

/// A complaint filed with three files, opened with its code.
async fn with_files(app: &TestApp) -> Browser {
    let browser = app.browser();
    fill_in(&browser, &COMPLAINT[..3]).await;
    for (name, size) in FILES {
        let added = browser.upload("/deposer/pieces", name, &pdf(size)).await;
        added.location();
    }
    fill_in(&browser, &COMPLAINT[3..]).await;
    app.state.clock.advance(TimeDelta::minutes(4));
    browser.fill("/deposer/verification", &[]).await.location();
    let receipt = receipt(&browser.get("/deposer/confirmation").await);
    open(&browser, &receipt).await.location();
    browser
}

const FILES: [(&str, usize); 3] = [
    ("saine.pdf", 600_000),
    ("en attente.pdf", 10),
    ("malade.pdf", 20),
];

/// The files of the archive, with their bytes, and what its first text says of the others.
async fn files_of(browser: &Browser) -> (Vec<(String, Vec<u8>)>, String) {
    let (_, bytes) = browser.download(PATH).await;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let (mut files, mut told) = (Vec::new(), String::new());
    for place in 0..zip.len() {
        let mut entry = zip.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        if name == "LISEZ-MOI.txt" {
            entry.read_to_string(&mut told).unwrap();
        } else if let Some(name) = name.strip_prefix("pieces/") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            files.push((name.to_owned(), bytes));
        }
    }
    (files, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_gives_each_original_byte_for_byte() {
    let app = TestApp::spawn_at(TODAY).await;
    let (files, told) = files_of(&with_files(&app).await).await;
    let expected = [
        ("01-saine.pdf".to_owned(), pdf(600_000)),
        ("02-en attente.pdf".to_owned(), pdf(10)),
        ("03-malade.pdf".to_owned(), pdf(20)),
    ];
    assert!(files == expected, "{told}");
    assert!(!told.contains("n’y figurent pas"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_files_are_scanned_the_archive_holds_the_clean_ones_alone() {
    // Nobody answers there: what was not scanned waits.
    let app = TestApp::spawn_with(TODAY, &["--clamd", "127.0.0.1:9"]).await;
    let browser = with_files(&app).await;
    for (name, scan) in [("saine.pdf", "clean"), ("malade.pdf", "infected")] {
        let noted = format!(
            "UPDATE uploads SET scan = '{scan}', scanned_at = received_at WHERE name = '{name}'"
        );
        app.database.run(&noted).await;
    }
    let (files, told) = files_of(&browser).await;
    assert!(
        files == [("01-saine.pdf".to_owned(), pdf(600_000))],
        "{told}"
    );
    assert!(told.contains("2 fichier(s) n’y figurent pas"), "{told}");
}
