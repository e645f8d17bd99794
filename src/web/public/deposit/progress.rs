//! Where a visitor is in the form: « Étape 2 sur 6 ».

use crate::case::filing::{Field, Step, TypedFiling, is_unsure, parse_nature};

/// The place of a page among the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    /// From 1.
    pub(super) number: usize,
    /// How many there are; unknown until the person said what they want to do.
    pub(super) total: Option<usize>,
}

impl Progress {
    /// The place of a step.
    pub(super) fn of(step: Step, typed: &TypedFiling) -> Self {
        if typed.get(Field::Intent).is_empty() {
            return Self {
                number: 1,
                total: None,
            };
        }
        let path = path(typed);
        let place = path.iter().position(|other| *other == step);
        let before = usize::from(step == Step::Questions);
        Self {
            number: place.unwrap_or(before) + 1,
            total: (!path.is_empty()).then_some(path.len() + 1),
        }
    }

    /// The place of the last page, check and send.
    pub(super) fn last(typed: &TypedFiling) -> Self {
        let number = path(typed).len() + 1;
        Self {
            number,
            total: Some(number),
        }
    }

    /// « Étape 2 sur 6 ».
    pub(super) fn words(&self) -> String {
        match self.total {
            Some(total) => format!("Étape\u{a0}{} sur\u{a0}{total}", self.number),
            None => format!("Étape\u{a0}{}", self.number),
        }
    }

    /// One mark per step for the line: done, here, to come.
    pub(super) fn marks(&self) -> Vec<&'static str> {
        (1..=self.total.unwrap_or_default())
            .map(|place| match place.cmp(&self.number) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "here",
                std::cmp::Ordering::Greater => "",
            })
            .collect()
    }
}

/// The steps of this person; none while their answers do not tell yet.
pub(super) fn path(typed: &TypedFiling) -> &'static [Step] {
    parse_nature(typed).map_or(&[], |nature| Step::path(nature, is_unsure(typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_takes_six_pages_and_a_request_five() {
        let words = |intent: &str, step| {
            let typed = TypedFiling::default().with(Field::Intent, intent);
            Progress::of(step, &typed).words().replace('\u{a0}', " ")
        };
        assert_eq!(words("complaint", Step::Situation), "Étape 2 sur 6");
        assert_eq!(words("information_request", Step::Facts), "Étape 2 sur 5");
        assert_eq!(words("", Step::Intent), "Étape 1");
        assert_eq!(words("unsure", Step::Questions), "Étape 2");
        let unsure = TypedFiling::default()
            .with(Field::Intent, "unsure")
            .with(Field::UnhappyDelay, "yes");
        assert_eq!(
            Progress::of(Step::Facts, &unsure),
            Progress {
                number: 4,
                total: Some(7)
            }
        );
        assert_eq!(Progress::last(&unsure).marks().last(), Some(&"here"));
    }
}
