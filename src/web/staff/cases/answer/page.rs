//! The editor of an answer, with what the gate says of it, or another version beside it.

use askama::Template;

use crate::case::answer::settled_grievances;
use crate::web::AppState;
use crate::web::form::FormErrors;
use crate::web::staff::cases::answer::aids::{Aids, leaving};
use crate::web::staff::cases::answer::fields::Fields;
use crate::web::staff::cases::answer::gate_words::names;
use crate::web::staff::cases::answer::typed::TypedAnswer;
use crate::web::staff::cases::answer_view::AnswerView;
use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::forms::CaseForms;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::cases::next_step::{NextStep, of_answer};
use crate::web::staff::cases::refused::Why;
use crate::web::staff::current::{CurrentStaff, Shell};

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
    aids: Aids,
    /// How it will leave, and why.
    leaving: &'static str,
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
        let writers = loaded
            .in_hand()
            .map_or_else(|| vec![current.id()], |written| written.row.writers());
        let filing = &loaded.dossier.filing;
        Self {
            forms: CaseForms::new(loaded, &shell),
            shell,
            notice: None,
            fields: Fields::new(typed, &errors, settled_grievances(&loaded.answers).len()),
            errors,
            is_gate: false,
            step: of_answer(loaded, current, state),
            readers: names(loaded, &writers),
            filed: Filed {
                facts: filing.facts.clone(),
                expectation: filing.expectation.clone(),
            },
            is_professional: filing.is_professional,
            aids: Aids::default(),
            leaving: leaving(&loaded.dossier),
        }
    }

    /// With what was just done.
    pub(super) fn noticing(mut self, notice: Option<&'static str>) -> Self {
        self.notice = notice;
        self
    }

    /// With what helps to write.
    pub(super) fn helped(mut self, aids: Aids) -> Self {
        self.aids = aids;
        self
    }

    /// To be corrected: it is still decided on the case as its writer saw it.
    pub(super) fn on_what_was_seen(mut self, desk: &Desk) -> Self {
        self.forms = self.forms.on_what_was_seen(desk);
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
            fields: Fields::new(typed, &errors, settled_grievances(&loaded.answers).len()),
            errors,
        }
    }
}
