//! Files that go with a message of staff: its e-mail names them, once the address is confirmed.

use reclamations::case::Nature;
use reclamations::staff::Role;

use crate::support::app::TestApp;
use crate::support::cases::By;
use crate::support::samples::pdf;

#[tokio::test(flavor = "multi_thread")]
async fn an_email_names_the_files_that_go_with_its_message() {
    let app = TestApp::spawn_at("2026-04-30T08:00:00Z").await;
    let staff = app.browser();
    app.colleague(&staff, "Claire Morvan", Role::Handler).await;
    let reference = app.case(Nature::Complaint, By::Email).await;
    let files = format!("/gestion/dossiers/{reference}/pieces");
    for is_confirmed in [false, true] {
        if is_confirmed {
            app.confirm_address(&reference).await;
        }
        staff
            .upload(&files, "relevé.pdf", &pdf(100))
            .await
            .location();
        let message = [("message", "Voici le relevé.")];
        staff.act(&reference, "message", &message).await.location();
        let last = "SELECT body FROM outbox WHERE purpose = 'message' ORDER BY id DESC LIMIT 1";
        let rows = app.database.rows(last).await;
        let body: &str = rows.first().unwrap().get(0);
        assert_eq!(body.contains("- relevé.pdf"), is_confirmed, "{body}");
    }
}
