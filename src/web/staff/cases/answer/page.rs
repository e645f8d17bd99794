//! The editor of an answer, with what the gate says of it, or another version beside it.

use askama::Template;

use crate::case::answer::{Missing, Outcome, Position};
use crate::web::AppState;
use crate::web::form::FormErrors;
use crate::web::staff::cases::answer::typed::{TypedAnswer, TypedPoint};
use crate::web::staff::cases::answer_view::AnswerView;
use crate::web::staff::cases::forms::{CaseForms, Choice};
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::next_step::{NextStep, next_step};
use crate::web::staff::cases::refused::Why;
use crate::web::staff::current::{CurrentStaff, Shell};
use crate::web::staff::words;

/// `templates/staff/cases/answer.html`.
#[derive(Template)]
#[template(path = "staff/cases/answer.html")]
pub(super) struct AnswerPage {
    shell: Shell,
    forms: CaseForms,
    notice: Option<&'static str>,
    errors: FormErrors,
    /// The messages are those of the gate.
    is_gate: bool,
    fields: Fields,
    step: NextStep,
    readers: Vec<String>,
    filed: Filed,
    is_professional: bool,
}

/// `templates/staff/cases/answer_conflict.html`.
#[derive(Template)]
#[template(path = "staff/cases/answer_conflict.html")]
pub(super) struct ConflictPage {
    shell: Shell,
    forms: CaseForms,
    why: Why,
    errors: FormErrors,
    stored: Option<AnswerView>,
    letter: Option<String>,
    fields: Fields,
}

/// What the person wrote, to answer it point by point.
struct Filed {
    facts: String,
    expectation: Option<String>,
}

/// The fields as shown.
pub(super) struct Fields {
    introduction: String,
    points: Vec<PointFields>,
    outcomes: Vec<Choice>,
}

/// The fields of one grievance.
struct PointFields {
    number: usize,
    grievance: String,
    grievance_error: Option<String>,
    positions: Vec<Choice>,
    position_error: Option<String>,
    grounds: String,
    grounds_error: Option<String>,
}

impl Fields {
    fn new(typed: &TypedAnswer, errors: &FormErrors) -> Self {
        let outcomes = Outcome::ALL.iter().map(|outcome| Choice {
            value: outcome.code().to_owned(),
            caption: words::outcome(*outcome).to_owned(),
            is_chosen: typed.outcome == outcome.code(),
        });
        Self {
            introduction: typed.introduction.clone(),
            points: (1..)
                .zip(&typed.points)
                .map(|(number, point)| PointFields::new(number, point, errors))
                .collect(),
            outcomes: outcomes.collect(),
        }
    }
}

impl PointFields {
    fn new(number: usize, point: &TypedPoint, errors: &FormErrors) -> Self {
        let error = |part: &str| errors.of(&format!("{part}-{number}")).map(str::to_owned);
        let positions = Position::ALL.iter().map(|position| Choice {
            value: position.code().to_owned(),
            caption: words::position(*position).to_owned(),
            is_chosen: point.position == position.code(),
        });
        Self {
            number,
            grievance: point.grievance.clone(),
            grievance_error: error("grief"),
            positions: positions.collect(),
            position_error: error("position"),
            grounds: point.grounds.clone(),
            grounds_error: error("motifs"),
        }
    }
}

impl AnswerPage {
    /// The editor, showing what was typed or what is kept.
    pub(super) fn new(
        state: &AppState,
        current: &CurrentStaff,
        loaded: &Loaded,
        typed: &TypedAnswer,
        errors: FormErrors,
    ) -> Self {
        let shell = current.shell(state);
        let author = loaded
            .in_hand()
            .map_or(current.id(), |written| written.row.author());
        let filing = &loaded.dossier.filing;
        Self {
            forms: CaseForms::new(loaded, &shell),
            shell,
            notice: None,
            fields: Fields::new(typed, &errors),
            errors,
            is_gate: false,
            step: next_step(loaded, current, state.office.second_reader_required()),
            readers: names(loaded, author),
            filed: Filed {
                facts: filing.facts.clone(),
                expectation: filing.expectation.clone(),
            },
            is_professional: filing.is_professional,
        }
    }

    /// With what was just done.
    pub(super) fn noticing(mut self, notice: Option<&'static str>) -> Self {
        self.notice = notice;
        self
    }

    /// As the gate refused it.
    pub(super) fn at_the_gate(mut self) -> Self {
        self.is_gate = true;
        self
    }
}

impl ConflictPage {
    /// What is kept, and what was typed.
    pub(super) fn new(
        state: &AppState,
        current: &CurrentStaff,
        loaded: &Loaded,
        typed: &TypedAnswer,
        why: Why,
    ) -> Self {
        let shell = current.shell(state);
        let errors = FormErrors::default();
        let letter = loaded.answers.last().and_then(|one| one.row.letter.clone());
        Self {
            forms: CaseForms::new(loaded, &shell),
            shell,
            why,
            stored: AnswerView::of_draft(loaded),
            letter,
            fields: Fields::new(typed, &errors),
            errors,
        }
    }
}

fn names(loaded: &Loaded, author: crate::staff::StaffId) -> Vec<String> {
    loaded
        .colleagues
        .readers_for(author)
        .into_iter()
        .map(|reader| reader.display_name.clone())
        .collect()
}

/// What the gate finds missing, each at its field.
pub(super) fn gate_messages(missing: &[Missing], loaded: &Loaded) -> FormErrors {
    let mut errors = FormErrors::default();
    for one in missing {
        let (field, message) = gate_message(*one, loaded);
        errors.push(field, message);
    }
    errors
}

fn gate_message(missing: Missing, loaded: &Loaded) -> (String, String) {
    let min = crate::case::answer::MIN_GROUNDS_CHARS;
    match missing {
        Missing::Outcome => at("issue", "Choisissez l’issue de la réponse."),
        Missing::Grievances => at("ajouter", "Ajoutez au moins un grief."),
        Missing::Grievance(n) => (
            format!("grief-{n}"),
            format!("Grief {n}\u{202f}: écrivez le grief."),
        ),
        Missing::Position(n) => (
            format!("position-{n}"),
            format!("Grief {n}\u{202f}: choisissez votre position."),
        ),
        Missing::Grounds(n) => (
            format!("motifs-{n}"),
            format!("Grief {n}\u{202f}: donnez vos motifs, en {min}\u{a0}caractères au moins."),
        ),
        Missing::Coherence => at(
            "issue",
            "Accordez l’issue et vos positions\u{202f}: elles se contredisent.",
        ),
        Missing::SecondReading => {
            let author = loaded.in_hand().map(|written| written.row.author());
            let readers = author.map(|author| names(loaded, author).join(", "));
            (
                "relecture".to_owned(),
                format!(
                    "Faites relire ce refus par une autre personne\u{202f}: {}.",
                    readers.unwrap_or_default()
                ),
            )
        }
        Missing::NobodyCanRead => at(
            "relecture",
            "Demandez à un administrateur d’ouvrir un compte de responsable\u{202f}: un refus doit être relu, et personne d’autre ne peut le faire.",
        ),
    }
}

fn at(field: &str, message: &str) -> (String, String) {
    (field.to_owned(), message.to_owned())
}
