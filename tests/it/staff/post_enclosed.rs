//! The pieces of a printing, settled when it begins: its page and its file say the same.

use std::time::Duration;

use reclamations::case::Nature;
use reclamations::letters::Turn;
use reclamations::staff::Role;

use crate::staff::post::{DESK, desk, print};
use crate::staff::post_pieces::{ANSWER, add, pieces, plain};
use crate::support::app::TestApp;
use crate::support::browser::Browser;
use crate::support::cases::{self, By};
use crate::support::pdf;

/// An answer that waits, with these files; returns its place on the desk.
async fn answer_with(app: &TestApp, staff: &Browser, files: &[(&str, &[u8])]) -> usize {
    let reference = app.case(Nature::Complaint, By::Post).await;
    add(staff, &reference, files).await;
    staff.act(&reference, "reponse", &ANSWER).await.location();
    let rows = staff.get(DESK).await.texts("tbody tr");
    let (name, _) = files.first().unwrap();
    let answer = rows.iter().position(|row| row.contains(name));
    answer.unwrap()
}

/// The text of the file of a printing, and the pieces its page lists afterwards.
async fn downloaded(staff: &Browser, run: &str) -> (String, Vec<String>) {
    let file = staff.download(&format!("{run}/fichier")).await.1;
    pdf::assert_sound(&file);
    let listed = pieces(&staff.get(run).await);
    (plain(&pdf::flat(&file)), listed)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_counted_again_only_where_they_must_be() {
    let (app, staff) = desk(Role::Handler).await;
    let two = pdf::of_pages(&["Recto", "Verso"]);
    let files: [(&str, &[u8]); 2] = [("notice.pdf", &two), ("protégé.pdf", &pdf::protected(&two))];
    let answer = answer_with(&app, &staff, &files).await;
    let all_seven =
        "UPDATE case_files SET n_pages = 7 WHERE answer_id IS NOT NULL AND letter IS NULL";
    app.database.run(all_seven).await;
    // This one by a program that took it.
    let before = "UPDATE case_files SET counted_by = NULL \
                  FROM uploads WHERE id = upload AND name = 'protégé.pdf'";
    app.database.run(before).await;
    let run = print(&staff, &[answer]).await.location().to_owned();
    let listed = [
        "notice.pdf PDF, 7 pages Imprimée avec la lettre",
        "protégé.pdf PDF, 2 ko À imprimer à part : ce PDF ne peut pas suivre la lettre",
    ];
    assert_eq!(pieces(&staff.get(&run).await), listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_that_can_no_longer_be_taken_has_a_sheet_in_its_place() {
    let (app, staff) = desk(Role::Handler).await;
    let two = pdf::of_pages(&["Recto", "Verso"]);
    let files: [(&str, &[u8]); 2] = [("protégé.pdf", &pdf::protected(&two)), ("notice.pdf", &two)];
    let answer = answer_with(&app, &staff, &files).await;
    let run = print(&staff, &[answer]).await.location().to_owned();
    // A program that took it had begun the printing.
    let enclosed = "INSERT INTO enclosures SELECT max(print_runs.id), max(upload) \
                    FROM print_runs, case_files JOIN uploads ON uploads.id = upload \
                    WHERE name = 'protégé.pdf'";
    app.database.run(enclosed).await;
    let notice = "notice.pdf PDF, 2 pages Imprimée avec la lettre";
    let apart = "protégé.pdf PDF, 2 ko À imprimer à part : ce PDF ne peut pas suivre la lettre";
    let (text, listed) = downloaded(&staff, &run).await;
    let sheet = text
        .find("Pièce à imprimer à part : protégé.pdf")
        .expect(&text);
    assert!(sheet < text.find("Recto").unwrap(), "{text}");
    assert_eq!(text.matches("Verso").count(), 1, "{text}");
    assert_eq!(listed, [apart, notice]);

    let (text, listed) = downloaded(&staff, &run).await;
    assert!(!text.contains("imprimer à part"), "{text}");
    assert_eq!(text.matches("Verso").count(), 1, "{text}");
    assert_eq!(listed, [apart, notice]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_what_the_file_held_whatever_a_scanner_says_later() {
    let (app, staff) = desk(Role::Handler).await;
    let (first, second) = (pdf::of_pages(&["Premier"]), pdf::of_pages(&["Second"]));
    let files: [(&str, &[u8]); 2] = [("un.pdf", &first), ("deux.pdf", &second)];
    let answer = answer_with(&app, &staff, &files).await;
    let scan = async |name: &str, state: &str| {
        let said = format!(
            "UPDATE uploads SET scan = '{state}', scanned_at = begun_at WHERE name = '{name}'"
        );
        app.database.run(&said).await;
    };
    let withheld =
        |name: &str| format!("{name} PDF, 1 page Pas analysée, ou infectée : à ne pas joindre");
    let apart = |name: &str| format!("{name} PDF, 1 page À imprimer à part");

    scan("un.pdf", "infected").await;
    let run = print(&staff, &[answer]).await.location().to_owned();
    scan("un.pdf", "clean").await;
    scan("deux.pdf", "infected").await;
    let (text, listed) = downloaded(&staff, &run).await;
    assert!(
        text.contains("Pièce à imprimer à part : deux.pdf"),
        "{text}"
    );
    assert!(
        !text.contains("Premier") && !text.contains("Second"),
        "{text}"
    );
    assert_eq!(listed, [apart("un.pdf"), withheld("deux.pdf")]);

    scan("deux.pdf", "clean").await;
    let (text, listed) = downloaded(&staff, &run).await;
    assert!(
        !text.contains("Premier") && !text.contains("Second"),
        "{text}"
    );
    assert_eq!(listed, [apart("un.pdf"), apart("deux.pdf")]);

    // Printed anew, both go with it.
    let run = print(&staff, &[answer]).await.location().to_owned();
    let (text, listed) = downloaded(&staff, &run).await;
    assert!(
        text.contains("Premier") && text.contains("Second"),
        "{text}"
    );
    let printed = |name: &str| format!("{name} PDF, 1 page Imprimée avec la lettre");
    assert_eq!(listed, [printed("un.pdf"), printed("deux.pdf")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_a_piece_holds_no_connection() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let one = pdf::of_pages(&["Seul"]);
    let waiting = format!("{}/pieces", cases::address(&reference));
    let names: Vec<String> = (0..8).map(|n| format!("{n}.pdf")).collect();
    let turn = Turn::wait().await;
    let uploads = names.iter().map(|name| staff.upload(&waiting, name, &one));
    let uploads = futures_util::future::join_all(uploads);
    let meanwhile = async {
        let kept = "SELECT FROM uploads WHERE received_at IS NOT NULL";
        while app.database.rows(kept).await.len() < names.len() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(staff.get(DESK).await.status, 200);
        drop(turn);
    };
    let (uploaded, ()) = tokio::join!(uploads, meanwhile);
    assert!(uploaded.iter().all(|page| page.status == 303));
}
