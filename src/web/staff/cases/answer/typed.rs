//! An answer as it is typed: read from the form, kept whole whatever is wrong with it.

use crate::case::answer::{
    Amount, AnswerDraft, Commitment, Outcome, Point, Position, settled_grievances,
};
use crate::web::AppError;
use crate::web::staff::cases::answer::command::{Command, MOST_COMMITMENTS, MOST_POINTS};
use crate::web::staff::cases::desk::Shown;
use crate::web::staff::cases::loaded::Loaded;

/// The fields of the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web::staff) struct TypedAnswer {
    pub(super) introduction: String,
    /// Code of the outcome, or nothing.
    pub(super) outcome: String,
    pub(super) points: Vec<TypedPoint>,
    /// The sum granted, or nothing.
    pub(super) amount: String,
    pub(super) commitments: Vec<TypedCommitment>,
    /// Why it decides otherwise than comparable cases.
    pub(super) divergence: String,
    /// The template to insert, or nothing.
    pub(super) template: String,
}

/// The fields of one grievance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypedPoint {
    pub(super) grievance: String,
    /// Code of the position, or nothing.
    pub(super) position: String,
    pub(super) grounds: String,
}

/// The fields of one commitment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypedCommitment {
    pub(super) text: String,
    /// The day, as typed.
    pub(super) due_on: String,
}

/// Reads the posted fields.
///
/// # Errors
/// When it is no form of ours.
pub(super) fn read(pairs: &[(String, String)]) -> Result<(Shown, Command, TypedAnswer), AppError> {
    let field = |name: &str| {
        let found = pairs.iter().find(|(its_name, _)| its_name == name);
        found.map(|(_, value)| value.as_str())
    };
    let number = |name: &str| field(name).and_then(|value| value.parse().ok());
    let shown = Shown {
        version: number("version").ok_or(AppError::BadForm)?,
        last_line: number("vu").unwrap_or_default(),
    };
    let text = |name: &str| field(name).unwrap_or_default().to_owned();
    let points = (1..=MOST_POINTS)
        .map_while(|n| {
            let grievance = field(&format!("grief-{n}"))?.to_owned();
            Some(TypedPoint {
                grievance,
                position: text(&format!("position-{n}")),
                grounds: text(&format!("motifs-{n}")),
            })
        })
        .collect();
    let commitments = (1..=MOST_COMMITMENTS)
        .map_while(|n| {
            let promise = field(&format!("engagement-{n}"))?.to_owned();
            Some(TypedCommitment {
                text: promise,
                due_on: text(&format!("echeance-{n}")),
            })
        })
        .collect();
    let typed = TypedAnswer {
        introduction: text("introduction"),
        outcome: text("issue"),
        points,
        amount: text("montant"),
        commitments,
        divergence: text("divergence"),
        template: text("modele"),
    };
    let command = Command::parse(&text("faire"), &text("ou"));
    Ok((shown, command, typed))
}

impl TypedAnswer {
    /// The draft as it is kept; else one with the grievances already answered, or a first one.
    pub(super) fn of(loaded: &Loaded) -> Self {
        if let Some(written) = loaded.in_hand() {
            return Self::of_draft(&written.draft());
        }
        let answered = settled_grievances(&loaded.answers);
        let mut points: Vec<TypedPoint> = answered
            .into_iter()
            .map(|grievance| TypedPoint {
                grievance: grievance.to_owned(),
                ..TypedPoint::default()
            })
            .collect();
        if points.is_empty() {
            points.push(TypedPoint::default());
        }
        Self {
            points,
            ..Self::default()
        }
    }

    /// A draft in fields.
    pub(super) fn of_draft(draft: &AnswerDraft) -> Self {
        let point = |point: &Point| TypedPoint {
            grievance: point.grievance.clone(),
            position: point.position.map_or("", Position::code).to_owned(),
            grounds: point.grounds.clone(),
        };
        let commitment = |one: &Commitment| TypedCommitment {
            text: one.text.clone(),
            due_on: one
                .due_on
                .map(|on| on.format("%d/%m/%Y").to_string())
                .unwrap_or_default(),
        };
        Self {
            introduction: draft.introduction.clone(),
            outcome: draft.outcome.map_or("", Outcome::code).to_owned(),
            points: draft.points.iter().map(point).collect(),
            amount: draft.amount.map(Amount::plain).unwrap_or_default(),
            commitments: draft.commitments.iter().map(commitment).collect(),
            divergence: draft.divergence.clone(),
            template: String::new(),
        }
    }

    /// Puts a text after what stands in a field: the grounds of this grievance, or else the
    /// introduction.
    pub(super) fn insert(&mut self, point: Option<usize>, text: &str) {
        let grounds = point
            .and_then(|number| self.points.get_mut(number.checked_sub(1)?))
            .map(|point| &mut point.grounds);
        let field = grounds.unwrap_or(&mut self.introduction);
        if !field.trim().is_empty() {
            field.push_str("\n\n");
        }
        field.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        fields.iter().map(owned).collect()
    }

    #[test]
    fn an_answer_is_read_as_typed_and_kept_whole_when_refused() {
        let long = "x".repeat(1_001);
        let posted = pairs(&[
            ("version", "3"),
            ("vu", "7"),
            ("introduction", "Bonjour\0"),
            ("grief-1", &long),
            ("position-1", "refused"),
            ("motifs-1", " Article 4. "),
            ("grief-3", "sauté\u{202f}: pas lu"),
            ("montant", "1.250,50"),
            ("engagement-1", ""),
            ("echeance-1", "demain"),
            ("faire", "retirer-1"),
        ]);
        let (shown, command, typed) = read(&posted).unwrap();
        assert_eq!((shown.version, shown.last_line), (3, 7));
        assert_eq!(command, Command::Remove(1));
        assert_eq!(typed.points.len(), 1);
        assert_eq!(typed.points[0].grievance, long);
        let errors = typed.parse().unwrap_err();
        let fields: Vec<&str> = errors.all().iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(fields, ["introduction", "grief-1", "montant", "echeance-1"]);
        assert!(read(&pairs(&[("vu", "1")])).is_err());
    }

    #[test]
    fn what_is_kept_comes_back_as_it_is_typed() {
        let typed = TypedAnswer {
            outcome: "upheld".to_owned(),
            amount: "1 250,5".to_owned(),
            commitments: vec![
                TypedCommitment::default(),
                TypedCommitment {
                    text: "Rappeler".to_owned(),
                    due_on: "1/7/2026".to_owned(),
                },
            ],
            ..TypedAnswer::default()
        };
        let again = TypedAnswer::of_draft(&typed.parse().unwrap());
        assert_eq!(again.amount, "1250,50");
        assert_eq!(again.commitments.len(), 1);
        assert_eq!(again.commitments[0].due_on, "01/07/2026");
    }
}
