//! An answer as it is typed: read from the form, kept whole whatever is wrong with it.

use crate::case::answer::{AnswerDraft, Outcome, Point, Position, Written};
use crate::case::filing::{Text, TextError};
use crate::web::AppError;
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::text_message;
use crate::web::staff::cases::desk::Shown;

/// Most grievances of one answer: a form grows no further.
pub(super) const MOST_POINTS: usize = 30;

/// What comes before the grievances.
type Introduction = Text<1, 5_000>;
/// A grievance in our words.
type Grievance = Text<1, 1_000>;
/// The grounds of a position.
type Grounds = Text<1, 10_000>;

/// The fields of the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web::staff) struct TypedAnswer {
    pub(super) introduction: String,
    /// Code of the outcome, or nothing.
    pub(super) outcome: String,
    pub(super) points: Vec<TypedPoint>,
}

/// The fields of one grievance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypedPoint {
    pub(super) grievance: String,
    /// Code of the position, or nothing.
    pub(super) position: String,
    pub(super) grounds: String,
}

/// Which button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Keep.
    Save,
    /// Keep, with one grievance more.
    Add,
    /// Keep, without grievance n.
    Remove(usize),
    /// Keep, then send through the gate.
    Send,
}

impl Command {
    fn parse(code: &str) -> Self {
        match code {
            "ajouter" => Self::Add,
            "envoyer" => Self::Send,
            _ => code
                .strip_prefix("retirer-")
                .and_then(|number| number.parse().ok())
                .map_or(Self::Save, Self::Remove),
        }
    }

    /// What the button does to the grievances.
    pub(super) fn apply(self, draft: &mut AnswerDraft) {
        match self {
            Self::Add if draft.points.len() < MOST_POINTS => draft.points.push(Point::default()),
            Self::Remove(number) if (1..=draft.points.len()).contains(&number) => {
                draft.points.remove(number - 1);
            }
            Self::Add | Self::Remove(_) | Self::Save | Self::Send => {}
        }
    }
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
    let typed = TypedAnswer {
        introduction: text("introduction"),
        outcome: text("issue"),
        points,
    };
    Ok((shown, Command::parse(&text("faire")), typed))
}

impl TypedAnswer {
    /// The draft as it is kept, or an empty one with a first grievance.
    pub(super) fn of_draft(written: Option<&Written>) -> Self {
        let Some(written) = written else {
            return Self {
                points: vec![TypedPoint::default()],
                ..Self::default()
            };
        };
        let point = |point: &Point| TypedPoint {
            grievance: point.grievance.clone(),
            position: point.position.map_or("", Position::code).to_owned(),
            grounds: point.grounds.clone(),
        };
        Self {
            introduction: written.row.introduction.clone(),
            outcome: written.row.outcome.map_or("", Outcome::code).to_owned(),
            points: written.points.iter().map(point).collect(),
        }
    }

    /// What can be kept, complete or not.
    ///
    /// # Errors
    /// Every text that is too long or holds a control character, at its field.
    pub(super) fn parse(&self) -> Result<AnswerDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let introduction = kept(
            Introduction::optional(&self.introduction)
                .map(|text| text.map(|it| it.as_str().to_owned())),
            &mut errors,
            ("introduction".to_owned(), "l’introduction".to_owned()),
        );
        let mut points = Vec::new();
        for (n, typed) in (1..).zip(&self.points) {
            points.push(Point {
                grievance: kept(
                    Grievance::optional(&typed.grievance)
                        .map(|text| text.map(|it| it.as_str().to_owned())),
                    &mut errors,
                    (format!("grief-{n}"), format!("l’énoncé du grief {n}")),
                ),
                position: Position::from_code(&typed.position),
                grounds: kept(
                    Grounds::optional(&typed.grounds)
                        .map(|text| text.map(|it| it.as_str().to_owned())),
                    &mut errors,
                    (format!("motifs-{n}"), format!("les motifs du grief {n}")),
                ),
            });
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(AnswerDraft {
            outcome: Outcome::from_code(&self.outcome),
            introduction,
            points,
        })
    }
}

/// The text, or a message at its field.
fn kept(
    parsed: Result<Option<String>, TextError>,
    errors: &mut FormErrors,
    (field, what): (String, String),
) -> String {
    match parsed {
        Ok(text) => text.unwrap_or_default(),
        Err(error) => {
            errors.push(field, text_message(error, &what));
            String::new()
        }
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
            ("faire", "retirer-1"),
        ]);
        let (shown, command, typed) = read(&posted).unwrap();
        assert_eq!((shown.version, shown.last_line), (3, 7));
        assert_eq!(command, Command::Remove(1));
        assert_eq!(typed.points.len(), 1);
        assert_eq!(typed.points[0].grievance, long);
        let errors = typed.parse().unwrap_err();
        let fields: Vec<&str> = errors.all().iter().map(|one| one.field.as_ref()).collect();
        assert_eq!(fields, ["introduction", "grief-1"]);
        assert!(read(&pairs(&[("vu", "1")])).is_err());
    }

    #[test]
    fn the_buttons_add_and_remove_a_grievance() {
        let mut draft = AnswerDraft::default();
        Command::Add.apply(&mut draft);
        assert_eq!(draft.points.len(), 1);
        Command::Remove(2).apply(&mut draft);
        assert_eq!(draft.points.len(), 1);
        Command::Remove(1).apply(&mut draft);
        assert!(draft.points.is_empty());
    }
}
