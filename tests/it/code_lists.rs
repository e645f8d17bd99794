//! The lists of codes that the database checks are those of the code.

use std::collections::{BTreeMap, BTreeSet};

use reclamations::case::answer::{AnswerState, Outcome, Position};
use reclamations::case::catalogue::{ChangeKind, List};
use reclamations::case::erase::Cause;
use reclamations::case::exchange::MessageKind;
use reclamations::case::files::FileStage;
use reclamations::case::filing::{Capacity, ContactWay, Mandate, PreferredReply, SubscriptionPath};
use reclamations::case::incoming::{self, Reason, Refusal};
use reclamations::case::outside::{Ending, FollowUpKind, Issue, Recipient, ReferredBy};
use reclamations::case::persons::{RightKind, Settlement};
use reclamations::case::stages::{Stage, StagedClock};
use reclamations::case::templates::TemplateKind;
use reclamations::case::{Channel, LateCause, LateClock, Nature, PostalKind, Satisfaction, Status};
use reclamations::files::{Format, ScanState};
use reclamations::mail::incoming::Sort;
use reclamations::mail::mailbox::Failure;
use reclamations::mail::outbox::State;
use reclamations::mail::{Desk, Origin};
use reclamations::settings::Key;
use reclamations::staff::Role;

use crate::support::database::TestDatabase;

/// The code lists of Rust beside the CHECK that repeats each.
#[expect(
    clippy::too_many_lines,
    reason = "one line for each list of the schema"
)]
fn lists() -> BTreeMap<&'static str, Vec<&'static str>> {
    macro_rules! codes {
        ($list:ty) => {
            <$list>::ALL.iter().map(|each| each.code()).collect()
        };
    }
    BTreeMap::from([
        ("asks_ending_known", codes!(Ending)),
        ("follow_ups_kind_known", codes!(FollowUpKind)),
        ("mediations_issue_known", codes!(Issue)),
        ("mediations_referred_by_known", codes!(ReferredBy)),
        ("transfers_recipient_known", codes!(Recipient)),
        ("withdrawals_taken_channel_known", codes!(Channel)),
        ("withdrawals_taken_status_before_known", codes!(Status)),
        ("answer_positions_position_known", codes!(Position)),
        ("answers_common_outcome_known", codes!(Outcome)),
        ("answers_outcome_known", codes!(Outcome)),
        ("answers_state_known", codes!(AnswerState)),
        ("case_files_letter_known", codes!(PostalKind)),
        ("case_files_stage_known", codes!(FileStage)),
        ("catalogue_changes_change_known", codes!(ChangeKind)),
        ("catalogue_changes_list_known", codes!(List)),
        ("setting_changes_key_known", codes!(Key)),
        ("cases_channel_known", codes!(Channel)),
        ("cases_nature_declared_known", codes!(Nature)),
        ("cases_nature_qualified_known", codes!(Nature)),
        ("cases_status_known", codes!(Status)),
        ("erased_cases_cause_known", codes!(Cause)),
        ("erased_cases_outcome_known", codes!(Outcome)),
        ("filings_capacity_known", codes!(Capacity)),
        ("filings_earlier_way_known", codes!(ContactWay)),
        ("filings_mandate_known", codes!(Mandate)),
        ("filings_preferred_reply_known", codes!(PreferredReply)),
        ("filings_subscription_path_known", codes!(SubscriptionPath)),
        ("evaluations_level_known", codes!(Satisfaction)),
        (
            "former_contacts_preferred_reply_known",
            codes!(PreferredReply),
        ),
        ("incoming_mails_nature_known", codes!(Nature)),
        ("incoming_mails_reason_known", codes!(Reason)),
        ("incoming_mails_sort_known", codes!(Sort)),
        ("incoming_mails_state_known", codes!(incoming::State)),
        ("incoming_pieces_refusal_known", codes!(Refusal)),
        ("mailbox_folders_failure_known", codes!(Failure)),
        ("label_changes_change_known", codes!(ChangeKind)),
        ("latenesses_cause_known", codes!(LateCause)),
        ("latenesses_clock_known", codes!(LateClock)),
        ("messages_kind_known", codes!(MessageKind)),
        ("outbox_desk_known", codes!(Desk)),
        ("outbox_origin_known", codes!(Origin)),
        ("outbox_state_known", codes!(State)),
        ("letters_owed_kind_known", codes!(PostalKind)),
        ("person_requests_kind_known", codes!(RightKind)),
        ("person_requests_settlement_known", codes!(Settlement)),
        ("postal_tasks_kind_known", codes!(PostalKind)),
        ("requalifications_from_nature_known", codes!(Nature)),
        ("requalifications_to_nature_known", codes!(Nature)),
        ("staff_accounts_roles_known", codes!(Role)),
        ("stage_notices_clock_known", codes!(StagedClock)),
        ("stage_notices_stage_known", codes!(Stage)),
        ("templates_kind_known", codes!(TemplateKind)),
        ("uploads_format_known", codes!(Format)),
        ("uploads_scan_known", codes!(ScanState)),
    ])
}

#[tokio::test]
async fn every_code_list_is_the_one_of_its_check() {
    let database = TestDatabase::new().await;
    let checks = database
        .rows(
            "SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = current_schema()::regnamespace AND conname LIKE '%\\_known'",
        )
        .await;
    let in_database: BTreeMap<String, BTreeSet<String>> = checks
        .iter()
        .map(|row| (row.get(0), literals(row.get(1))))
        .collect();
    let in_code: BTreeMap<String, BTreeSet<String>> = lists()
        .into_iter()
        .map(|(name, codes)| {
            let codes = codes.into_iter().map(str::to_owned).collect();
            (name.to_owned(), codes)
        })
        .collect();
    assert_eq!(in_database, in_code);
}

/// The quoted words of `CHECK ((status = ANY (ARRAY['received'::text, …])))`.
fn literals(check: &str) -> BTreeSet<String> {
    check
        .split('\'')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}
