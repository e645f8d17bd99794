//! Where everybody knocks: the same site for all, a browser for each, and cases that stand differently.

use futures_util::future::join_all;
use reclamations::case::Nature;
use reclamations::staff::{Role, Roles};
use reclamations::web::staff::{StaffRoute, Verb};

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};
use crate::support::cases::By;
use crate::support::samples::pdf;
use crate::support::upload;

const AT: &str = "2026-04-30T08:00:00Z";

/// What a case is to whom knocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In sight of whoever may see cases.
    Ordinary,
    /// It complains about them.
    Barred,
    /// It holds sensitive data, and neither they nor someone they stand in for handles it.
    Sensitive,
    /// It ended long ago, and nothing is owed on it.
    Archived,
}

/// A case that stands so, a file and an answer of it, and words of its facts that no other page has.
pub(super) struct Subject {
    pub(super) standing: Standing,
    pub(super) reference: String,
    file: String,
    answer: String,
    pub(super) facts: &'static str,
}

/// Where everybody knocks: four cases, and the request of the person they are of.
pub(super) struct House {
    pub(super) app: TestApp,
    pub(super) subjects: Vec<Subject>,
    request: String,
}

impl House {
    /// Everybody has an account already: the bars are theirs.
    async fn build(app: TestApp, keeper: &Browser) -> Self {
        let mut subjects = Vec::new();
        for (standing, facts) in [
            (Standing::Ordinary, "Un vélo bleu a disparu."),
            (Standing::Barred, "Un parapluie vert a disparu."),
            (Standing::Sensitive, "Un piano rouge a disparu."),
            (Standing::Archived, "Un tapis jaune a disparu."),
        ] {
            let reference = app.case_telling(Nature::Complaint, By::Email, facts).await;
            let files = format!("/gestion/dossiers/{reference}/pieces");
            keeper.upload(&files, "piece.pdf", &pdf(100)).await;
            let draft = [("grief-1", "La disparition.")];
            keeper.act(&reference, "reponse", &draft).await.location();
            let made = "SELECT max(upload)::text, max(answers.id)::text FROM case_files, answers";
            let made = app.database.row(made).await;
            subjects.push(Subject {
                standing,
                reference,
                file: made.get(0),
                answer: made.get(1),
                facts,
            });
        }
        let set = "INSERT INTO case_bars (case_id, account_id, barred_by, barred_at)
                   SELECT case_id, id, 1, '2026-04-30Z' FROM staff_accounts,
                       (SELECT case_id FROM filings WHERE facts LIKE '%parapluie%') barred;
                   UPDATE cases SET is_sensitive = TRUE
                   WHERE id IN (SELECT case_id FROM filings WHERE facts LIKE '%piano%');
                   UPDATE cases SET status = 'withdrawn', closed_on = '2025-10-29'
                   WHERE id IN (SELECT case_id FROM filings WHERE facts LIKE '%tapis%');
                   UPDATE case_files SET stage = 'filed', author_id = NULL;
                   INSERT INTO person_requests (submission_id, kind, person, received_on, due_on,
                       entered_by, entered_at)
                   VALUES (gen_random_uuid(), 'access', 'Jeanne Lefèvre', '2026-04-29',
                       '2026-05-29', 1, '2026-04-30Z')";
        app.database.run(set).await;
        let request = "SELECT id::text FROM person_requests";
        let request = app.database.row(request).await.get(0);
        Self {
            app,
            subjects,
            request,
        }
    }

    /// The addresses of a row: one for each case that it can name.
    pub(super) fn addresses(&self, route: &StaffRoute) -> Vec<(Option<&Subject>, String)> {
        let path = route.path.replace("{demande}", &self.request);
        let others = path.split('/').filter(|part| part.starts_with('{'));
        let (reference, file) = ("{reference}", "{file}");
        let rest = others.filter(|part| ![reference, file].contains(part));
        let path = rest.fold(path.clone(), |path, part| path.replace(part, "1"));
        if !path.contains(reference) {
            return vec![(None, path)];
        }
        let of_each = self.subjects.iter().map(|subject| {
            let path = path.replace(reference, &subject.reference);
            (Some(subject), path.replace(file, &subject.file))
        });
        of_each.collect()
    }
}

/// A site where each of these is signed in, and the four cases.
pub(super) async fn house(who: &[Roles]) -> (House, Vec<(Roles, Browser)>) {
    let app = TestApp::spawn_at(AT).await;
    let keeper = app.browser();
    app.colleague(&keeper, "Claire Morvan", Role::Supervisor)
        .await;
    let enrolled = who.iter().map(async |roles| {
        let browser = app.browser();
        let codes: Vec<_> = roles.iter().map(Role::code).collect();
        app.colleague(&browser, &codes.join(" "), *roles).await;
        (*roles, browser)
    });
    let enrolled = join_all(enrolled).await;
    (House::build(app, &keeper).await, enrolled)
}

/// Knocks at one address of a row, as a page of the site would: `version` is the case's as they saw it.
pub(super) async fn knock(
    browser: &Browser,
    (verb, path): (Verb, &str),
    subject: Option<&Subject>,
    (csrf, version): (&str, &str),
) -> Page {
    match (verb, subject) {
        (Verb::Get, _) => browser.get(path).await,
        // Without its token a form goes no further than the guard.
        (Verb::Post, None) => browser.post(path, &[]).await,
        (Verb::Post, Some(_)) if path.ends_with("/pieces") => {
            let no_file = [upload::field("csrf", csrf), upload::end()].concat();
            browser.send(path, upload::MULTIPART, no_file).await
        }
        (Verb::Post, Some(subject)) => {
            let fields = [
                ("csrf", csrf),
                ("version", version),
                ("vu", "1"),
                ("engagement", "1"),
                ("reponse", &subject.answer),
            ];
            browser.post(path, &fields).await
        }
    }
}
