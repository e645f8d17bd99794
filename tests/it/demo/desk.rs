//! Three hundred cases look like the desk of a firm: every list has something for somebody, and what
//! stands beside the cases agrees with them.

use chrono::{Months, NaiveDate};
use reclamations::case::inbox::{self, Counts, List, Seat};
use reclamations::case::sight::Viewer;
use reclamations::case::{CaseId, dossier};
use reclamations::journal;
use reclamations::staff::{self, Right};

use crate::demo::{count, filled};
use crate::support::app::TestApp;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

#[tokio::test]
async fn every_list_has_something_for_somebody() {
    let (database, _) = filled(300, 1).await;
    let mut conn = database.conn().await;
    let mut seen: Vec<Counts> = Vec::new();
    for member in staff::active(&mut conn).await.unwrap() {
        let viewer = Viewer {
            id: member.id,
            reads_sensitive: member.roles.may(Right::ReadSensitive),
            reads_archive: member.roles.may(Right::ReadArchive),
            archived_before: today() - Months::new(6),
            today: today(),
        };
        let oversees = member.roles.may(Right::AssignOthers);
        let seat = Seat { viewer, oversees };
        let counts = inbox::counts(&mut conn, &seat).await.unwrap();
        assert!(counts.of(List::All) > 100, "{member:?}");
        seen.push(counts);
    }
    for list in List::ALL {
        assert!(seen.iter().any(|counts| counts.of(list) > 0), "{list:?}");
    }
    let verified = journal::verify(&mut conn).await.unwrap();
    assert_eq!(verified.n_chains, 301);
}

#[tokio::test]
async fn every_kind_of_work_is_shown() {
    let (database, _) = filled(300, 1).await;
    for shown in [
        "case_labels",
        "saved_filters",
        "(SELECT kind FROM templates GROUP BY kind) AS kinds HAVING count(*) = 5",
        "absences WHERE from_on <= DATE '2026-11-23' AND DATE '2026-11-23' <= until_on",
        "person_requests WHERE answered_on IS NULL",
        "person_requests WHERE settlement = 'refused' AND reason IS NOT NULL",
        "commitments WHERE kept_on <= due_on",
        "commitments WHERE made_on IS NOT NULL AND kept_on IS NULL AND due_on < DATE '2026-11-23'",
        "mediations WHERE documents_sent_on IS NULL AND opinion_on IS NULL",
        "mediations WHERE opinion IS NOT NULL",
        "transfers WHERE returned_on IS NULL",
        "transfers WHERE returned_on IS NOT NULL",
        "asks WHERE ended_at IS NULL AND reminded_on IS NOT NULL",
        "asks WHERE ending = 'person_wrote'",
        "asks WHERE ending = 'over'",
        "holding_letters WHERE is_current",
        "case_links",
        "legal_holds",
        "case_bars",
        "cases WHERE is_sensitive",
        "oral_complaints WHERE satisfied_at_once",
        "oral_complaints JOIN cases ON id = case_id WHERE status = 'received' AND invited_on IS NOT NULL",
        "disagreements JOIN cases ON id = case_id WHERE status = 'acknowledged'",
        "(SELECT FROM answers GROUP BY case_id HAVING count(*) = 2) AS again",
        "postal_tasks WHERE replaces_email AND done_on IS NULL",
        "latenesses",
        "qualifications WHERE cause IS NOT NULL",
        "answers WHERE state = 'draft' AND NOT outcome IN ('rejected', 'partly_upheld')",
        "answers WHERE state = 'draft' AND reader_id IS NULL AND outcome = 'partly_upheld'",
        "answers WHERE amount_cents IS NOT NULL AND letter LIKE '%€%'",
    ] {
        assert!(count(&database, shown).await > 0, "{shown}");
    }
}

#[tokio::test]
async fn what_stands_beside_a_case_agrees_with_it() {
    let (database, _) = filled(900, 4).await;
    let confirmed = "oral_complaints WHERE confirmed_on IS NOT NULL";
    assert!(count(&database, confirmed).await > 0);
    for none in [
        // What waits, on the case and beside it.
        "cases WHERE (waiting_since IS NOT NULL) <> EXISTS ( \
            SELECT FROM asks WHERE case_id = cases.id AND ended_at IS NULL AND asked_on = waiting_since)",
        "cases WHERE waiting_since IS NOT NULL AND status NOT IN ('received', 'acknowledged')",
        "cases WHERE failed_sending <> EXISTS (SELECT FROM postal_tasks \
            WHERE case_id = cases.id AND replaces_email AND done_on IS NULL)",
        "cases WHERE is_sensitive <> EXISTS ( \
            SELECT FROM journal_events WHERE chain = cases.id AND kind = 'case.sensitive')",
        "cases JOIN case_bars ON case_id = cases.id WHERE account_id = handler_id",
        "holding_letters JOIN cases ON cases.id = case_id \
            WHERE is_current AND status NOT IN ('received', 'acknowledged')",
        // Followed dates are those of what they follow.
        "follow_ups WHERE done_at IS NULL AND NOT EXISTS ( \
            SELECT FROM asks WHERE asks.case_id = follow_ups.case_id AND kind = 'ask' \
                AND expected_on = due_on AND ended_at IS NULL \
            UNION ALL SELECT FROM holding_letters AS h WHERE h.case_id = follow_ups.case_id \
                AND kind = 'holding_letter' AND announced_on = due_on AND is_current \
            UNION ALL SELECT FROM mediations AS m WHERE m.case_id = follow_ups.case_id \
                AND kind = 'mediation_documents' AND documents_due_on = due_on AND documents_sent_on IS NULL \
            UNION ALL SELECT FROM mediations AS m WHERE m.case_id = follow_ups.case_id \
                AND kind = 'mediation_opinion' AND follow_up_on = due_on AND followed_up_on IS NULL)",
        // Dates are in the order of the law.
        "mediations WHERE documents_due_on <> known_on + 35 OR referred_on > known_on \
            OR documents_sent_on < known_on OR opinion_on < documents_sent_on",
        "mediations JOIN legal_dates USING (case_id) WHERE referred_on < received_on",
        "commitments JOIN answers ON answers.id = answer_id \
            WHERE made_on IS DISTINCT FROM handed_over_on OR due_on < dated_on",
        "oral_complaints JOIN legal_dates USING (case_id) \
            WHERE (confirmed_on IS NULL) <> (ack_due_on IS NULL) \
               OR confirmed_on <> first_written_on OR invited_on < expressed_on",
        // A missed date has its cause before the case is closed.
        "cases JOIN legal_dates AS l ON l.case_id = id \
            WHERE status = 'closed' AND nature = 'complaint' AND answered_on IS NOT NULL \
              AND (answered_on > answer_due_on AND NOT EXISTS (SELECT FROM latenesses AS why \
                       WHERE why.case_id = id AND clock = 'answer') \
                OR least(acknowledged_on, answered_on) > ack_due_on AND NOT EXISTS ( \
                       SELECT FROM latenesses AS why WHERE why.case_id = id AND clock = 'acknowledgement'))",
        // Motives are those that journals name.
        "motives WHERE NOT EXISTS (SELECT FROM journal_events WHERE chain = case_id \
            AND 'motive=' || motives.id = ANY (string_to_array(facts, E'\\n')))",
        "case_links WHERE 2 <> (SELECT count(*) FROM journal_events WHERE kind = 'case.linked' \
            AND (chain, facts LIKE 'other=' || other_id || E'\\n%') = (case_id, TRUE) \
             OR kind = 'case.linked' AND (chain, facts LIKE 'other=' || case_id || E'\\n%') = (other_id, TRUE))",
        // Time never goes back in a case.
        "(SELECT at < lag(at) OVER (PARTITION BY chain ORDER BY seq) AS is_back FROM journal_events) \
            AS lines WHERE is_back",
    ] {
        assert_eq!(count(&database, none).await, 0, "{none}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_what_waits_open() {
    let (database, _) = filled(300, 1).await;
    let pool = database.pool().await;
    let app = TestApp::spawn_on(database, pool, "2026-11-23T09:00:00Z", &[]);
    let browser = app.browser();
    app.first_administrator(&browser).await;
    let mut conn = app.database.conn().await;
    for (of, words) in [
        ("asks WHERE ended_at IS NULL", "Nous attendons"),
        ("mediations WHERE opinion_on IS NULL", "médiateur"),
        ("transfers WHERE returned_on IS NULL", "assureur"),
        ("holding_letters WHERE is_current", "Lettre d’attente"),
        (
            "commitments WHERE made_on IS NOT NULL AND kept_on IS NULL",
            "Engagement",
        ),
        (
            "oral_complaints WHERE confirmed_on IS NULL AND NOT satisfied_at_once",
            "Reçue de vive voix",
        ),
        ("legal_holds", "Conserv"),
        ("case_links", "Dossiers rattachés"),
        ("latenesses", "retard"),
    ] {
        let newest = format!("SELECT max(case_id) FROM {of}");
        let id: i64 = app.database.rows(&newest).await.first().unwrap().get(0);
        let dossier = dossier::by_id(&mut conn, CaseId(id)).await.unwrap();
        let found = browser.case(&dossier.case.reference().to_string()).await;
        assert_eq!(found.status, 200, "{of}");
        assert!(found.text().contains(words), "{of}: {words}");
    }
}
