//! Every combination of roles, at every row of the table, on cases that they see and cases that they do
//! not: what is answered is what the table of rights says.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use reclamations::staff::{Right, Role, Roles};
use reclamations::web::staff::{Access, StaffRoute, Verb, routes};
use reqwest::StatusCode;

use crate::staff::access::house::{House, Standing, house, knock};
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Page};

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Admitted,
    Forbidden,
    Unknown,
}

impl Answer {
    /// What the table says, and what no table can: whom a case complains about knows of none, and few
    /// read sensitive data and the archive.
    fn expected(route: &StaffRoute, roles: Roles, standing: Option<Standing>) -> Self {
        match (route.access, standing) {
            (Access::Right(right), _) if !roles.may(right) => Self::Forbidden,
            (_, Some(Standing::Barred)) => Self::Unknown,
            (_, Some(Standing::Sensitive)) if !roles.may(Right::ReadSensitive) => Self::Forbidden,
            (_, Some(Standing::Archived)) if !roles.may(Right::ReadArchive) => Self::Forbidden,
            _ => Self::Admitted,
        }
    }

    fn of(page: &Page) -> Self {
        let is_refused = [
            "Votre compte ne permet pas cette action",
            "Ce dossier est archivé",
        ]
        .iter()
        .any(|words| page.body.contains(words));
        assert_eq!(is_refused, page.status == StatusCode::FORBIDDEN);
        match page.status {
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::Unknown,
            _ => Self::Admitted,
        }
    }
}

impl House {
    /// That a page names no case, and tells nothing of one, which they may not see.
    fn assert_no_trace(&self, page: &Page, roles: Roles, context: &str) {
        let is_turned_away = Answer::of(page) != Answer::Admitted;
        assert!(
            !is_turned_away || !page.body.contains("Lefèvre"),
            "{context}"
        );
        for subject in &self.subjects {
            let is_seen = match subject.standing {
                Standing::Ordinary => roles.may(Right::ReadCases),
                Standing::Barred => false,
                Standing::Sensitive => {
                    roles.may(Right::ReadCases) && roles.may(Right::ReadSensitive)
                }
                Standing::Archived => roles.may(Right::ReadCases) && roles.may(Right::ReadArchive),
            };
            let is_told = [&subject.reference, subject.facts]
                .iter()
                .any(|words| page.body.contains(*words));
            assert!(
                !is_told || (is_seen && !is_turned_away),
                "{context} {:?}",
                subject.standing
            );
        }
    }
}

/// Every set of roles an account can have.
fn combinations() -> Vec<Roles> {
    let sets = (1..1_u32 << Role::ALL.len()).map(|bits| {
        let chosen = Role::ALL.iter().enumerate();
        let chosen = chosen.filter(move |(at, _)| bits & (1 << at) != 0);
        Roles::of(chosen.map(|(_, role)| *role)).unwrap()
    });
    sets.collect()
}

async fn knock_everywhere(house: &House, roles: Roles, browser: &Browser) {
    let csrf = browser.get("/gestion/aide").await.value("csrf");
    let ordinary = house.subjects.first().unwrap().reference.as_str();
    let mut n_told = 0;
    for route in routes::all() {
        for (subject, path) in house.addresses(route) {
            let page = knock(browser, (route.verb, &path), subject, (&csrf, "0")).await;
            let standing = subject.map(|subject| subject.standing);
            let context = format!("{roles:?} {standing:?} {:?} {path}", route.verb);
            assert!(!page.status.is_server_error(), "{context}");
            let seen = Answer::of(&page);
            // Everyone arrives at the inbox; who may not see it is led on.
            let is_led_on = path == "/gestion" && page.status == StatusCode::SEE_OTHER;
            // Admitted to something that is not there.
            let is_nothing = seen == Answer::Unknown && subject.is_none();
            let answer = match (is_led_on, is_nothing) {
                (true, _) => Answer::Forbidden,
                (_, true) => Answer::Admitted,
                (false, false) => seen,
            };
            let expected = Answer::expected(route, roles, standing);
            assert_eq!(answer, expected, "{context}: {}", page.text());
            house.assert_no_trace(&page, roles, &context);
            n_told += usize::from(page.body.contains(ordinary));
        }
    }
    assert_eq!(
        n_told >= 4,
        roles.may(Right::ReadCases),
        "{roles:?} {n_told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_combination_of_roles_reaches_what_its_rights_allow() {
    let combinations = combinations();
    assert_eq!(combinations.len(), 15);
    let (house, everybody) = house(&combinations).await;
    let mut before = Vec::new();
    for subject in &house.subjects {
        before.push(house.app.snapshot(&subject.reference).await);
    }
    let each = everybody
        .iter()
        .map(|(roles, browser)| knock_everywhere(&house, *roles, browser));
    join_all(each).await;
    // Nobody had seen a case as it is: nothing was done.
    for before in &before {
        house.app.assert_changed(before, &[], &[]).await;
    }
}

/// The content of every table, but for what tells that someone is there.
async fn everything(app: &TestApp) -> BTreeMap<String, String> {
    let tables = "SELECT relname::text FROM pg_class
                  WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                    AND relname <> 'staff_sessions'";
    let tables = app.database.rows(tables).await;
    let mut contents = BTreeMap::new();
    for table in tables.iter().map(|row| row.get::<_, String>(0)) {
        let content =
            format!("SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {table} t");
        let digest: Option<String> = app.database.row(&content).await.get(0);
        contents.insert(table, digest.unwrap_or_default());
    }
    contents
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_changes_nothing() {
    let (house, auditors) = house(&[Role::Auditor.into()]).await;
    let [(_, browser)] = auditors.as_slice() else {
        panic!("one auditor")
    };
    let csrf = browser.get("/gestion/aide").await.value("csrf");
    let version = "SELECT min(version)::text FROM cases HAVING min(version) = max(version)";
    let version: String = house.app.database.row(version).await.get(0);
    let keeps = |route: &StaffRoute| !route.path.starts_with("/gestion/filtres");
    let acts = routes::all().filter(|route| route.verb == Verb::Post && keeps(route));
    let before = everything(&house.app).await;
    let mut n_refused = 0;
    for route in acts.filter(|route| matches!(route.access, Access::Right(_))) {
        for (subject, path) in house.addresses(route) {
            // As of a case that they saw as it is.
            let page = knock(browser, (Verb::Post, &path), subject, (&csrf, &version)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            n_refused += 1;
        }
    }
    assert!(n_refused > 100, "{n_refused}");
    assert_eq!(everything(&house.app).await, before);
}
