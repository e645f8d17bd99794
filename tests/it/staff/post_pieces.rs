//! What goes in the envelope with a letter: printed behind it, or listed to be printed apart.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::staff::post::{DESK, desk, post, print};
use crate::support::browser::{Browser, Page};
use crate::support::cases::{self, By};
use crate::support::{pdf, samples};

pub(super) const ANSWER: [(&str, &str); 7] = [
    ("grief-1", "La résiliation tarde."),
    ("position-1", "accepted"),
    ("motifs-1", "Votre lettre est bien arrivée à temps."),
    ("issue", "upheld"),
    ("engagement-1", "Vous rembourser la cotisation de mars."),
    ("echeance-1", "15/05/2026"),
    ("faire", "envoyer"),
];

/// Adds files to what staff send next.
pub(super) async fn add(staff: &Browser, reference: &str, files: &[(&str, &[u8])]) {
    let waiting = format!("{}/pieces", cases::address(reference));
    for (name, bytes) in files {
        staff.upload(&waiting, name, bytes).await.location();
    }
}

pub(super) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

pub(super) fn pieces(page: &Page) -> Vec<String> {
    let listed = page.texts(".files li");
    listed.iter().map(|piece| plain(piece)).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, from end to end")]
async fn pdf_pieces_print_behind_their_letter_and_the_others_are_listed() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Post).await;
    let (three, one) = (
        pdf::of_pages(&["Premier", "Deuxieme", "Troisieme"]),
        pdf::of_pages(&["Seul"]),
    );
    let files: [(&str, &[u8]); 5] = [
        ("décompte.pdf", &three),
        ("photo.jpg", &samples::jpeg()),
        ("abîmé.pdf", &samples::pdf(3_000)),
        ("protégé.pdf", &pdf::protected(&one)),
        ("avenant.pdf", &one),
    ];
    add(&staff, &reference, &files).await;
    staff.act(&reference, "reponse", &ANSWER).await.location();
    // A message waits too: none of this goes with it.
    let said = [("message", "Une question.")];
    staff.act(&reference, "message", &said).await.location();

    let listed = [
        "décompte.pdf PDF, 3 pages Imprimée avec la lettre",
        "photo.jpg image JPEG, 511 octets À imprimer à part",
        "abîmé.pdf PDF, 3 ko À imprimer à part : ce PDF ne peut pas suivre la lettre",
        "protégé.pdf PDF, 2 ko À imprimer à part : ce PDF ne peut pas suivre la lettre",
        "avenant.pdf PDF, 1 page Imprimée avec la lettre",
    ];
    let page = staff.get(DESK).await;
    assert_eq!(pieces(&page), listed);
    let rows = page.texts("tbody tr");
    let answer = rows.iter().position(|row| row.contains("décompte.pdf"));
    let run = print(&staff, &[answer.unwrap()])
        .await
        .location()
        .to_owned();
    let page = staff.get(&run).await;
    assert_eq!(pieces(&page), listed);
    let links = page.attributes(".files a", "href");
    assert_eq!(staff.download(&links[1]).await.1, samples::jpeg());

    let file = staff.download(&format!("{run}/fichier")).await.1;
    pdf::assert_sound(&file);
    let about = pdf::about(&file);
    // The letter on two pages; three pages and a blank back; one page and its blank back.
    assert!(about.contains("Pages:           8\n"), "{about}");
    let text = plain(&pdf::flat(&file));
    let places: Vec<_> = ["Claire Morvan", "Premier", "Deuxieme", "Troisieme", "Seul"]
        .map(|word| {
            text.find(word)
                .unwrap_or_else(|| panic!("{word} in {text}"))
        })
        .to_vec();
    assert!(places.is_sorted(), "{text}");
    for said in [
        "Au plus tard le 15 mai 2026 : Vous rembourser la cotisation de mars.",
        "Pièces jointes à cette lettre – décompte.pdf – photo.jpg",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }

    let person = app.person(&reference).await;
    let theirs = format!(
        "/suivi/dossier/pieces/{}",
        links[0].rsplit('/').next().unwrap()
    );
    assert_eq!(person.get(&theirs).await.status, 404, "it has not left");
    post(&staff, &run, &[("date", "30/04/2026")])
        .await
        .location();
    let page = staff.get(&run).await;
    assert_eq!(page.texts(".badge.ok").len(), 3, "{}", page.text());
    assert_eq!(pieces(&page), listed, "once posted");
    assert_eq!(person.download(&theirs).await.1, three);
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_of_a_message_go_with_the_letter_whose_pages_name_them() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::InformationRequest, By::Post).await;
    let two = pdf::of_pages(&["Recto", "Verso"]);
    add(&staff, &reference, &[("notice.pdf", &two)]).await;
    let said = [("message", "Voici la notice.")];
    staff.act(&reference, "message", &said).await.location();
    let listed = ["notice.pdf PDF, 2 pages Imprimée avec la lettre"];
    let page = staff.get(DESK).await;
    assert_eq!(pieces(&page), listed);
    let rows = page.texts("tbody tr");
    let row = rows
        .iter()
        .position(|row| row.contains("notice.pdf"))
        .unwrap();
    let run = print(&staff, &[row]).await.location().to_owned();

    // What is written since goes with another letter.
    add(&staff, &reference, &[("photo.jpg", &samples::jpeg())]).await;
    let said = [("message", "Voici aussi une photo.")];
    staff.act(&reference, "message", &said).await.location();
    assert_eq!(pieces(&staff.get(&run).await), listed);
    let file = staff.download(&format!("{run}/fichier")).await.1;
    assert!(pdf::about(&file).contains("Pages:           4\n"));
    let text = pdf::flat(&file);
    assert!(text.contains("Recto") && !text.contains("photo"), "{text}");
    post(&staff, &run, &[("date", "30/04/2026")])
        .await
        .location();
    assert_eq!(pieces(&staff.get(&run).await), listed);
    let left = pieces(&staff.get(DESK).await);
    assert_eq!(left, ["photo.jpg image JPEG, 511 octets À imprimer à part"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_messages_names_no_infected_file() {
    let (app, staff) = desk(Role::Handler).await;
    let reference = app.case(Nature::InformationRequest, By::Post).await;
    let two = pdf::of_pages(&["Recto", "Verso"]);
    let files: [(&str, &[u8]); 2] = [("notice.pdf", &two), ("malade.pdf", &two)];
    add(&staff, &reference, &files).await;
    let said = [("message", "Voici la notice.")];
    staff.act(&reference, "message", &said).await.location();
    let infected =
        "UPDATE uploads SET scan = 'infected', scanned_at = begun_at WHERE name = 'malade.pdf'";
    app.database.run(infected).await;
    let rows = staff.get(DESK).await.texts("tbody tr");
    let message = rows.iter().position(|row| row.contains("malade.pdf"));
    let run = print(&staff, &[message.unwrap()])
        .await
        .location()
        .to_owned();
    let text = pdf::flat(&staff.download(&format!("{run}/fichier")).await.1);
    assert!(text.contains("notice.pdf"), "{text}");
    assert!(!text.contains("malade.pdf"), "{text}");
}
