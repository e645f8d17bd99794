//! Our file for the mediator: what is in it, what never is, and that the journal tells of it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::samples;
use crate::support::{cases, pdf};

const AT: &str = "2026-04-30T08:00:00Z";

const ANSWER: [(&str, &str); 5] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("faire", "envoyer"),
];

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, from end to end")]
async fn the_file_holds_every_piece_and_no_internal_note() {
    let app = TestApp::spawn_at(AT).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let secret = [("note", "Entre nous : client pénible.")];
    staff.act(&reference, "note", &secret).await.location();
    let person = app.person(&reference).await;
    let waiting = "/suivi/dossier/pieces";
    person
        .upload(waiting, "relevé.pdf", &samples::pdf(2_000))
        .await
        .location();
    let csrf = person.get("/suivi/dossier").await.value("csrf");
    let said = [("csrf", csrf.as_str()), ("message", "Voici mon relevé.")];
    let sent = person.post("/suivi/dossier/message", &said).await;
    assert!(sent.location().contains("fait=message"));
    staff.act(&reference, "reponse", &ANSWER).await.location();
    let posted = [
        ("lettre", "answer"),
        ("date", "30/04/2026"),
        ("suivi", "1A2345678901"),
    ];
    staff.act(&reference, "courrier", &posted).await.location();

    let path = format!("{}/dossier-mediateur", cases::address(&reference));
    let page = staff.get(&path).await;
    assert!(page.text().contains("relevé.pdf"), "{}", page.text());
    let before = app.snapshot(&reference).await;
    let (headers, bytes) = staff.press_for_bytes(&path).await;
    assert_eq!(headers["content-type"], "application/zip");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    app.assert_changed(&before, &["mediation.file_made"], &[])
        .await;

    let entries = unzip(bytes);
    let names: Vec<&str> = entries.keys().map(String::as_str).collect();
    let last = names.last().unwrap();
    assert!(
        last.starts_with("04-Réponse à votre réclamation"),
        "{names:?}"
    );
    assert_eq!(
        names[..4],
        [
            "00-sommaire-et-chronologie.pdf",
            "01-ecrit-de-depart.pdf",
            "02-echanges-1.pdf",
            "03-relevé.pdf",
        ]
    );
    assert_eq!(entries["03-relevé.pdf"], samples::pdf(2_000));
    let cover = pdf::flat(&entries["00-sommaire-et-chronologie.pdf"]);
    for part in [
        "TSA 50110",
        "Jeanne Lefèvre",
        "Réclamation reçue",
        "Pièce ajoutée par la personne",
        "02-echanges-1.pdf",
        "Réponse motivée, par courrier : lettre postée le 30 avril 2026, numéro de suivi 1A2345678901",
        "03-relevé.pdf",
    ] {
        assert!(
            cover.replace(['\u{a0}', '\u{202f}'], " ").contains(part),
            "{part} in {cover}"
        );
    }
    let exchanges = pdf::flat(&entries["02-echanges-1.pdf"]);
    assert!(exchanges.contains("Voici mon relevé."), "{exchanges}");
    let filed = pdf::flat(&entries["01-ecrit-de-depart.pdf"]);
    assert!(
        filed.contains("Ma résiliation n’a pas été traitée."),
        "{filed}"
    );
    for (name, bytes) in &entries {
        if *name != "03-relevé.pdf" {
            pdf::assert_sound(bytes);
            assert!(!pdf::flat(bytes).contains("pénible"), "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_reached_nobody_is_not_told_as_exchanged() {
    let app = TestApp::spawn_at(AT).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let path = format!("{}/dossier-mediateur", cases::address(&reference));
    let plain = |bytes: &[u8]| pdf::flat(bytes).replace(['\u{a0}', '\u{202f}'], " ");
    let told = async || {
        let entries = unzip(staff.press_for_bytes(&path).await.1);
        let cover = plain(&entries["00-sommaire-et-chronologie.pdf"]);
        (cover, plain(&entries["02-echanges-1.pdf"]))
    };
    let said = [("message", "Quelle date ?")];
    staff.act(&reference, "message", &said).await.location();
    let (cover, exchanges) = told().await;
    let pending = "Message d’Asekkey à la personne (envoi pas encore remis)";
    assert!(cover.contains(pending), "{cover}");
    assert!(
        exchanges.contains("(pas encore remis à la personne)"),
        "{exchanges}"
    );

    let posted = [("lettre", "message"), ("date", "30/04/2026")];
    staff.act(&reference, "courrier", &posted).await.location();
    let (cover, exchanges) = told().await;
    let proof =
        "Message à la personne du 30 avril 2026, 10 h 00, par courrier : lettre postée le 30";
    assert!(cover.contains(proof), "{cover}");
    assert!(!cover.contains("pas encore"), "{cover}");
    assert!(!exchanges.contains("pas encore"), "{exchanges}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_email_waits_is_marked() {
    let app = TestApp::spawn_at(AT).await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let said = [("message", "Quelle date ?")];
    staff.act(&reference, "message", &said).await.location();
    let path = format!("{}/dossier-mediateur", cases::address(&reference));
    let exchanges = async || {
        let entries = unzip(staff.press_for_bytes(&path).await.1);
        pdf::flat(&entries["02-echanges-1.pdf"])
    };
    assert!(
        exchanges()
            .await
            .contains("(pas encore remis à la personne)")
    );
    let left = "UPDATE outbox SET state = 'handed_over', handed_over_at = queued_at";
    app.database.run(left).await;
    assert!(!exchanges().await.contains("pas encore remis"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_reads_makes_no_file() {
    let app = TestApp::spawn_at(AT).await;
    let auditor = app.browser();
    app.colleague(&auditor, "Inès Caron", Role::Auditor).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let path = format!("{}/dossier-mediateur", cases::address(&reference));
    assert_eq!(auditor.get(&path).await.status, 403);
}

fn unzip(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), bytes);
    }
    entries
}
