//! The last step of the form: drafts are filled in first, then all sent at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::load::Measure;
use crate::pgbench::{self, Until};
use crate::site::Site;
use crate::support::browser::Browser;
use crate::{CLIENTS, print_line};

/// Drafts of each client.
const EACH: usize = 15;

/// What filing inserts, in one transaction, as `pgbench` does it.
const SCRIPT: &str = "\
BEGIN;
INSERT INTO cases (reference_year, submission_id, nature_declared, channel, person_name, secret,
    procedure_version, received_at, entered_at, next_due_on, last_event_at)
VALUES (2026, gen_random_uuid(), 'complaint', 'web', 'Ana Roux', sha256(random()::text::bytea),
    '2025-10-11', now(), now(), current_date + 10, now()) RETURNING id AS filed \\gset
INSERT INTO legal_dates VALUES (:filed, '1', current_date, current_date, NULL, NULL, current_date + 12,
    current_date + 12, current_date + 61, current_date + 61, current_date + 60, current_date + 60,
    current_date + 365);
INSERT INTO filings (case_id, first_name, last_name, email, capacity, is_professional,
    subscription_path, facts)
VALUES (:filed, 'Ana', 'Roux', 'personne' || :filed || '@example.org', 'client', FALSE, 'direct',
    'La résiliation demandée en mars n’a pas été traitée, dossier ' || :filed || '.');
INSERT INTO journal_events VALUES (:filed, 1, now(), 'person', 'case.filed', repeat('fact=value', 30),
    sha256(random()::text::bytea));
INSERT INTO outbox (purpose, about, recipient, subject, body, origin, desk, message_id, state,
    queued_at, next_attempt_at, handed_over_at)
VALUES ('acknowledgement', :filed, 'personne' || :filed || '@example.org', 'Accusé de réception',
    repeat('Nous accusons réception. ', 80), 'auto-replied', 'complaints',
    gen_random_uuid()::text, 'handed_over', now(), now(), now());
INSERT INTO drafts (id, token_digest, content, created_at, updated_at, expires_at, filed_case_id, filed_at)
VALUES (gen_random_uuid(), sha256(random()::text::bytea), '{}', now(), now(), now(), :filed, now());
COMMIT;
";

/// Fills in the drafts, sends them, prints the line.
pub(crate) async fn measure(site: &Site) {
    let drafts = Arc::new(Mutex::new(VecDeque::new()));
    let mut people = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let (address, drafts) = (site.address.clone(), Arc::clone(&drafts));
        people.spawn(async move {
            for number in 0..EACH {
                let draft = filled_in(&address, client * EACH + number).await;
                drafts.lock().unwrap().push_back(draft);
            }
        });
    }
    people.join_all().await;
    let began = Instant::now();
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let drafts = Arc::clone(&drafts);
        senders.spawn(async move {
            let mut took = Vec::new();
            loop {
                let next = drafts.lock().unwrap().pop_front();
                let Some((browser, csrf)) = next else {
                    return took;
                };
                let fields = [("csrf", csrf.as_str()), ("confirmed", "yes")];
                let sent = Instant::now();
                let page = browser.post("/deposer/verification", &fields).await;
                took.push(sent.elapsed());
                assert_eq!(page.location(), "/deposer/confirmation");
            }
        });
    }
    let took = senders.join_all().await.into_iter().flatten().collect();
    let measure = Measure::new(took, began.elapsed());
    let other = pgbench::run(site, SCRIPT, Until::Done(EACH * 4)).await;
    print_line("filing, last step", &measure, None, [other.as_ref(), None]);
}

/// A draft that only needs to be sent.
async fn filled_in(address: &str, number: usize) -> (Browser, String) {
    let browser = Browser::new(address);
    let csrf = browser.get("/deposer").await.value("csrf");
    let facts = format!("La résiliation demandée en mars n’a pas été traitée, dépôt {number}.");
    let email = format!("personne{number}@example.org");
    let steps: [(&str, &[(&str, &str)]); 4] = [
        ("/deposer", &[("intent", "complaint")]),
        (
            "/deposer/situation",
            &[
                ("capacity", "client"),
                ("is_professional", "no"),
                ("subscription_path", "direct"),
            ],
        ),
        ("/deposer/faits", &[("facts", &facts)]),
        (
            "/deposer/coordonnees",
            &[
                ("first_name", "Ana"),
                ("last_name", "Roux"),
                ("email", &email),
            ],
        ),
    ];
    for (path, fields) in steps {
        let fields = [fields, &[("csrf", &csrf)]].concat();
        let page = browser.post(path, &fields).await;
        assert_eq!(page.status, 303, "{path}: {}", page.text());
    }
    (browser, csrf)
}
