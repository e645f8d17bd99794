//! The gate, case by case.

use super::*;
use crate::case::answer::Point;

const GROUNDS: &str = "L’article 4 du contrat prévoit ce délai.";

fn point(position: Option<Position>, grounds: &str) -> Point {
    Point {
        grievance: "Le délai".to_owned(),
        position,
        grounds: grounds.to_owned(),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn draft(outcome: Option<Outcome>, points: Vec<Point>) -> AnswerDraft {
    AnswerDraft {
        outcome,
        points,
        ..AnswerDraft::default()
    }
}

fn around(reader: Option<i64>, n_eligible_readers: i64) -> Circumstances {
    Circumstances {
        second_reader_required: true,
        author: StaffId(1),
        reader: reader.map(StaffId),
        sender: None,
        n_eligible_readers,
        today: day("2026-06-01"),
        common_outcome: None,
    }
}

#[test]
fn an_empty_answer_is_told_all_it_lacks() {
    let missing = check(&draft(None, vec![]), &around(None, 1)).unwrap_err();
    assert_eq!(missing, [Missing::Outcome, Missing::Grievances]);

    let hollow = draft(Some(Outcome::Upheld), vec![Point::default()]);
    let missing = check(&hollow, &around(None, 1)).unwrap_err();
    assert_eq!(
        missing,
        [
            Missing::Grievance(1),
            Missing::Grounds(1),
            Missing::Position(1)
        ]
    );
}

#[test]
fn grounds_are_compulsory_even_when_all_is_granted() {
    let bare = draft(
        Some(Outcome::Upheld),
        vec![point(Some(Position::Accepted), " ok ")],
    );
    assert_eq!(
        check(&bare, &around(None, 1)).unwrap_err(),
        [Missing::Grounds(1)]
    );
    let reasoned = draft(
        Some(Outcome::Upheld),
        vec![point(Some(Position::Accepted), GROUNDS)],
    );
    assert_eq!(
        check(&reasoned, &around(None, 0)).unwrap().points().len(),
        1
    );
}

#[test]
fn a_refusal_is_read_by_another_person() {
    for (outcome, position) in [
        (Outcome::Rejected, Position::Refused),
        (Outcome::PartlyUpheld, Position::PartlyAccepted),
    ] {
        let points = vec![point(Some(position), GROUNDS)];
        let refusal = draft(Some(outcome), points);
        assert_eq!(
            check(&refusal, &around(None, 1)).unwrap_err(),
            [Missing::SecondReading]
        );
        assert_eq!(
            check(&refusal, &around(None, 0)).unwrap_err(),
            [Missing::NobodyCanRead]
        );
        assert_eq!(
            check(&refusal, &around(Some(1), 1)).unwrap_err(),
            [Missing::SecondReading]
        );
        assert!(check(&refusal, &around(Some(2), 1)).is_ok());
        let alone = Circumstances {
            second_reader_required: false,
            ..around(None, 0)
        };
        assert!(check(&refusal, &alone).is_ok());
    }
}

#[test]
fn a_refusal_called_no_action_is_read_all_the_same() {
    let points = vec![point(Some(Position::Refused), GROUNDS)];
    let hidden = draft(Some(Outcome::NoAction), points);
    assert_eq!(
        check(&hidden, &around(None, 1)).unwrap_err(),
        [Missing::SecondReading]
    );
    assert!(check(&hidden, &around(Some(2), 1)).is_ok());
}

#[test]
fn the_outcome_agrees_with_the_positions() {
    let refused = || vec![point(Some(Position::Refused), GROUNDS)];
    let upheld = draft(Some(Outcome::Upheld), refused());
    assert_eq!(
        check(&upheld, &around(Some(2), 1)).unwrap_err(),
        [Missing::Coherence]
    );
    let partly = draft(Some(Outcome::PartlyUpheld), refused());
    assert_eq!(
        check(&partly, &around(Some(2), 1)).unwrap_err(),
        [Missing::Coherence]
    );
}
#[test]
fn a_sum_goes_with_an_answer_that_grants_something() {
    let granting = |outcome, position| AnswerDraft {
        amount: Amount::parse("80").ok(),
        ..draft(Some(outcome), vec![point(Some(position), GROUNDS)])
    };
    let read = around(Some(2), 1);
    let refusal = granting(Outcome::Rejected, Position::Refused);
    assert_eq!(
        check(&refusal, &read).unwrap_err(),
        [Missing::AmountOnRefusal]
    );
    let nothing = granting(Outcome::NoAction, Position::Accepted);
    assert_eq!(
        check(&nothing, &read).unwrap_err(),
        [Missing::AmountOnRefusal]
    );
    let goodwill = granting(Outcome::PartlyUpheld, Position::Refused);
    let cleared = check(&goodwill, &read).unwrap();
    assert_eq!(cleared.amount().map(Amount::cents), Some(8_000));
}

#[test]
fn a_commitment_says_what_and_by_when() {
    let promise = |text: &str, due_on: Option<&str>| Commitment {
        text: text.to_owned(),
        due_on: due_on.map(day),
    };
    let promising = |commitments| AnswerDraft {
        commitments,
        ..draft(
            Some(Outcome::Upheld),
            vec![point(Some(Position::Accepted), GROUNDS)],
        )
    };
    let hollow = promising(vec![
        promise(" ", None),
        promise("", Some("2026-07-01")),
        promise("Rappeler", None),
        promise("Rembourser", Some("2026-05-31")),
    ]);
    assert_eq!(
        check(&hollow, &around(None, 1)).unwrap_err(),
        [
            Missing::Commitment(2),
            Missing::CommitmentDate(3),
            Missing::CommitmentDate(4)
        ]
    );
    let whole = promising(vec![
        promise(" ", None),
        promise("Rembourser", Some("2026-06-01")),
    ]);
    let cleared = check(&whole, &around(None, 1)).unwrap();
    assert_eq!(cleared.commitments().len(), 1);
}

#[test]
fn an_answer_that_decides_otherwise_says_why() {
    let granting = draft(
        Some(Outcome::Upheld),
        vec![point(Some(Position::Accepted), GROUNDS)],
    );
    let compared = |common| Circumstances {
        common_outcome: Some(common),
        ..around(None, 1)
    };
    assert!(check(&granting, &compared(Outcome::Upheld)).is_ok());
    let otherwise = compared(Outcome::Rejected);
    assert_eq!(
        check(&granting, &otherwise).unwrap_err(),
        [Missing::Divergence]
    );
    let said = AnswerDraft {
        divergence: "Le conseiller avait confirmé par écrit.".to_owned(),
        ..granting
    };
    assert!(check(&said, &otherwise).is_ok());
}
