//! « Mon dossier »: a ZIP of what the person may know, streamed, readable by a link too.

use std::io::{Cursor, Read};

use chrono::TimeDelta;
use reclamations::case::Reference;
use reclamations::case::links::Bond;
use reclamations::staff::Role;
use zip::ZipArchive;

use crate::public::following::{ADDRESS, TODAY, open};
use crate::support::app::TestApp;
use crate::support::filing::{COMPLAINT, file};

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
