//! The page of a step: what was typed, what is wrong with it, and the way on.

use std::sync::Arc;

use askama::Template;
use chrono::{NaiveDate, TimeDelta};

use crate::calendar::{long_date, paris_date};
use crate::case::draft::Draft;
use crate::case::filing::{Field, Step, TypedFiling, parse_nature};
use crate::case::{Catalogue, Nature};
use crate::web::form::FormErrors;
use crate::web::public::deposit::choices::{self, Choice, ListLine};
use crate::web::public::deposit::notice::Notice;
use crate::web::public::deposit::others::Other;
use crate::web::public::deposit::progress::Progress;
use crate::web::public::deposit::seen::Seen;
use crate::web::public::deposit::step_url;
use crate::web::public::visit::Visit;
use crate::web::retry;

fn fields_of(step: Step, typed: &TypedFiling) -> &'static [Field] {
    step.fields(parse_nature(typed).unwrap_or(Nature::Complaint))
}

/// Why what was typed could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotKept {
    /// The database is away.
    Unavailable,
    /// Too many drafts were begun from one address; one may be begun again after this long.
    TooMany(TimeDelta),
}

/// `templates/public/deposit/step.html`.
#[derive(Template)]
#[template(path = "public/deposit/step.html")]
pub(super) struct StepPage<'a> {
    step: Step,
    typed: &'a TypedFiling,
    progress: Progress,
    csrf: String,
    catalogue: Arc<Catalogue>,
    /// What is wrong, after a refused POST.
    pub(super) errors: FormErrors,
    /// Why the visitor was led here.
    pub(super) notice: Option<Notice>,
    /// Where an earlier draft can be taken up again.
    pub(super) resume: Option<String>,
    /// Until when a draft is kept on the server; none when there is none yet.
    pub(super) kept_until: Option<NaiveDate>,
    /// What another page wrote in this step, which this one has not seen.
    pub(super) others: Vec<Other>,
    /// How long a draft is kept after each change.
    draft_days: u32,
    /// What the form is shown with, for the next page to know what this one has seen.
    pub(super) seen: Option<Seen>,
    /// Why nothing was kept: all is in the page.
    pub(super) not_kept: Option<NotKept>,
}

impl<'a> StepPage<'a> {
    /// A step as it is shown first.
    pub(super) fn new(visit: &Visit<'_>, step: Step, typed: &'a TypedFiling) -> Self {
        Self {
            step,
            typed,
            progress: Progress::of(step, typed),
            csrf: visit.csrf(),
            catalogue: visit.state.catalogue.last_known(),
            errors: FormErrors::default(),
            notice: None,
            resume: None,
            kept_until: None,
            others: Vec::new(),
            draft_days: visit.state.settings.limits.draft_days,
            seen: Some(Seen::now(typed, fields_of(step, typed))),
            not_kept: None,
        }
    }

    /// The same step of a draft as it is kept, shown with `typed` in it.
    pub(super) fn of_draft(
        visit: &Visit<'_>,
        step: Step,
        draft: &Draft,
        typed: &'a TypedFiling,
    ) -> Self {
        Self {
            kept_until: Some(paris_date(draft.expires_at)),
            seen: Some(Seen::now(&draft.typed, fields_of(step, typed))),
            ..Self::new(visit, step, typed)
        }
    }

    /// « jeudi 7 mai 2026 », the last day of the draft.
    fn kept_until(&self) -> Option<String> {
        self.kept_until.map(long_date)
    }

    fn nature(&self) -> Nature {
        parse_nature(self.typed).unwrap_or(Nature::Complaint)
    }

    fn is_request(&self) -> bool {
        self.nature() == Nature::InformationRequest
    }

    /// What the visitor is doing, for the title of the window.
    fn doing(&self) -> &'static str {
        if self.step == Step::Intent || self.step == Step::Questions {
            "Déposer une réclamation ou une demande"
        } else if self.is_request() {
            "Déposer une demande"
        } else {
            "Déposer une réclamation"
        }
    }

    /// Whether the step has text to type: the first two have choices, and no script.
    fn has_text(&self) -> bool {
        !matches!(self.step, Step::Intent | Step::Questions)
    }

    /// Whether the page holds what is kept nowhere else.
    fn is_unsaved(&self) -> bool {
        self.not_kept.is_some() || !self.errors.is_empty() || !self.others.is_empty()
    }

    /// Where this step is, as it is kept.
    fn address(&self) -> String {
        step_url(self.step)
    }

    fn title(&self) -> &'static str {
        match self.step {
            Step::Intent => "Que souhaitez-vous faire\u{202f}?",
            Step::Questions => "Quelques questions pour vous orienter",
            Step::Situation => "Votre situation",
            Step::Facts if self.is_request() => "Votre demande",
            Step::Facts => "Ce qui s’est passé",
            Step::Files => "Vos pièces",
            Step::Contact => "Vous joindre",
        }
    }

    fn notice_words(&self) -> Option<&'static str> {
        self.notice.map(Notice::words)
    }

    /// What was typed in a field.
    fn value(&self, name: &str) -> &str {
        Field::from_code(name).map_or("", |field| self.typed.get(field))
    }

    /// The message of a field.
    fn error(&self, name: &str) -> Option<&str> {
        self.errors.of(name)
    }

    /// The lines of the list of products.
    fn products(&self) -> Vec<ListLine<'_>> {
        choices::lines(&self.catalogue.products, self.typed.get(Field::Product))
    }

    /// The lines of the list of subjects.
    fn subjects(&self) -> Vec<ListLine<'_>> {
        choices::lines(&self.catalogue.subjects, self.typed.get(Field::Subject))
    }

    /// The radio buttons of a field.
    fn choices(&self, name: &str) -> Vec<Choice> {
        Field::from_code(name).map_or_else(Vec::new, |field| choices::of(field, self.typed))
    }
}
