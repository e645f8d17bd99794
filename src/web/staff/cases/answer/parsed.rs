//! What a typed answer says, or every field to correct.

use crate::calendar::parse_typed_date;
use crate::case::answer::{Amount, AmountError, AnswerDraft, Commitment, Outcome, Point, Position};
use crate::case::filing::{Text, TextError};
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::text_message;
use crate::web::staff::cases::answer::typed::TypedAnswer;

/// What comes before the grievances.
type Introduction = Text<1, 5_000>;
/// A grievance in our words.
type Grievance = Text<1, 1_000>;
/// The grounds of a position.
type Grounds = Text<1, 10_000>;
/// What is promised.
type Promise = Text<1, { Commitment::MAX_CHARS }>;

/// Why it decides otherwise than comparable cases.
type Divergence = Text<1, 500>;

impl TypedAnswer {
    /// What can be kept, complete or not.
    ///
    /// # Errors
    /// Every text that is too long or holds a control character, every sum or date that is none, at
    /// its field.
    pub(super) fn parse(&self) -> Result<AnswerDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let introduction = kept(
            Introduction::optional(&self.introduction),
            &mut errors,
            ("introduction".to_owned(), "l’introduction".to_owned()),
        );
        let mut points = Vec::new();
        for (n, typed) in (1..).zip(&self.points) {
            points.push(Point {
                grievance: kept(
                    Grievance::optional(&typed.grievance),
                    &mut errors,
                    (format!("grief-{n}"), format!("l’énoncé du grief {n}")),
                ),
                position: Position::from_code(&typed.position),
                grounds: kept(
                    Grounds::optional(&typed.grounds),
                    &mut errors,
                    (format!("motifs-{n}"), format!("les motifs du grief {n}")),
                ),
            });
        }
        let amount = self.amount(&mut errors);
        let commitments = self.commitments(&mut errors);
        let divergence = kept(
            Divergence::optional(&self.divergence),
            &mut errors,
            ("divergence".to_owned(), "l’explication".to_owned()),
        );
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(AnswerDraft {
            outcome: Outcome::from_code(&self.outcome),
            introduction,
            points,
            amount,
            commitments,
            divergence,
        })
    }

    fn amount(&self, errors: &mut FormErrors) -> Option<Amount> {
        if self.amount.trim().is_empty() {
            return None;
        }
        let words = match Amount::parse(&self.amount) {
            Ok(amount) => return Some(amount),
            Err(AmountError::Form) => "Écrivez la somme en euros, par exemple 1\u{202f}250,50.",
            Err(AmountError::Bounds) => {
                "Indiquez une somme de 0,01\u{a0}€ à 10\u{202f}000\u{202f}000\u{a0}€, ou laissez vide."
            }
        };
        errors.push("montant", words);
        None
    }

    /// Those of which something is typed: a blank one is left out.
    fn commitments(&self, errors: &mut FormErrors) -> Vec<Commitment> {
        let mut commitments = Vec::new();
        for (n, typed) in (1..).zip(&self.commitments) {
            let due_on = match typed.due_on.trim() {
                "" => None,
                due_on => {
                    let parsed = parse_typed_date(due_on);
                    if parsed.is_err() {
                        let words = format!(
                            "Engagement {n}\u{202f}: indiquez l’échéance, par exemple 15/06/2026."
                        );
                        errors.push(format!("echeance-{n}"), words);
                    }
                    parsed.ok()
                }
            };
            let text = kept(
                Promise::optional(&typed.text),
                errors,
                (format!("engagement-{n}"), format!("l’engagement {n}")),
            );
            commitments.push(Commitment { text, due_on });
        }
        commitments.retain(|one| !one.is_blank());
        commitments
    }
}

/// The text, or a message at its field.
fn kept<const MAX: u64>(
    parsed: Result<Option<Text<1, MAX>>, TextError>,
    errors: &mut FormErrors,
    (field, what): (String, String),
) -> String {
    match parsed {
        Ok(text) => text
            .map(|text| text.as_str().to_owned())
            .unwrap_or_default(),
        Err(error) => {
            errors.push(field, text_message(error, &what));
            String::new()
        }
    }
}
