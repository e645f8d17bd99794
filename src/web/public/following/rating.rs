//! The form in which the person says what they think of our answer, and what they have said.

use chrono::NaiveDate;

use crate::calendar::plain_date;
use crate::case::{Dossier, Evaluation, Satisfaction, last_day_to_evaluate};

/// What the page shows of an evaluation.
pub(super) struct Rating {
    /// None while there is no answer to evaluate.
    until: Option<NaiveDate>,
    is_over: bool,
    kept: Option<Evaluation>,
    level: String,
    comment: String,
    is_retyped: bool,
}

impl Rating {
    /// Of a case whose last answer left on `answered_on`, on `today`, Paris calendar.
    pub(super) fn of(dossier: &Dossier, answered_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        let until = answered_on.map(last_day_to_evaluate);
        let kept = dossier.evaluation.clone();
        Self {
            until,
            is_over: until.is_some_and(|until| until < today),
            level: kept.as_ref().map_or("", |one| one.level.code()).to_owned(),
            comment: kept
                .as_ref()
                .and_then(|one| one.comment.clone())
                .unwrap_or_default(),
            kept,
            is_retyped: false,
        }
    }

    /// With what was typed and could not be kept.
    pub(super) fn retype(&mut self, level: &str, comment: &str) {
        level.clone_into(&mut self.level);
        comment.clone_into(&mut self.comment);
        self.is_retyped = true;
    }

    /// Whether there is something to show at all.
    pub(super) fn is_shown(&self) -> bool {
        self.until.is_some() && (!self.is_over || self.kept.is_some() || self.is_retyped)
    }

    /// Whether it can be given or changed.
    pub(super) const fn is_open(&self) -> bool {
        !self.is_over
    }

    /// Version of what is kept; none yet is 0.
    pub(super) fn version(&self) -> i32 {
        self.kept.as_ref().map_or(0, |one| one.version)
    }

    /// The last day, in words.
    pub(super) fn until(&self) -> String {
        self.until.map(plain_date).unwrap_or_default()
    }

    /// Whether this level is the one chosen.
    pub(super) fn is(&self, level: Satisfaction) -> bool {
        self.level == level.code()
    }

    /// The comment, as typed or kept.
    pub(super) fn comment(&self) -> &str {
        &self.comment
    }

    /// What is kept, when something else is typed or it can no longer change.
    pub(super) fn kept(&self) -> Option<(&'static str, &str)> {
        let kept = self.kept.as_ref()?;
        let is_told = self.is_over || self.is_retyped;
        let comment = kept.comment.as_deref().unwrap_or_default();
        is_told.then(|| (caption(kept.level), comment))
    }

    /// Whether something is kept already.
    pub(super) const fn is_given(&self) -> bool {
        self.kept.is_some()
    }

    /// Whether the answer is said not to satisfy.
    pub(super) fn is_unsatisfied(&self) -> bool {
        self.kept
            .as_ref()
            .is_some_and(|one| one.level != Satisfaction::Satisfied)
    }
}

/// « Oui, tout à fait ».
pub(super) const fn caption(level: Satisfaction) -> &'static str {
    match level {
        Satisfaction::Satisfied => "Oui, tout à fait",
        Satisfaction::Partly => "En partie",
        Satisfaction::Unsatisfied => "Non",
    }
}
