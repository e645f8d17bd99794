//! The buttons of the editor: each keeps what is typed, then does one thing.

use crate::case::answer::{AnswerDraft, Commitment, Point};

/// Most grievances of one answer: a form grows no further.
pub(super) const MOST_POINTS: usize = 30;
/// Most commitments of one answer.
pub(super) const MOST_COMMITMENTS: usize = 20;

/// Which button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Keep.
    Save,
    /// Keep, with one grievance more.
    Add,
    /// Keep, without grievance n.
    Remove(usize),
    /// Keep, with grievance n one place earlier.
    Raise(usize),
    /// Keep, with grievance n one place later.
    Lower(usize),
    /// Keep, with one commitment more.
    Promise,
    /// Keep, without commitment n.
    TakeBack(usize),
    /// Keep, with a template in the grounds of grievance n, or in the introduction.
    Insert(Option<usize>),
    /// Keep, then send through the gate.
    Send,
}

impl Command {
    /// Of its code, and of the field where a template goes; one that is not known only keeps.
    pub(super) fn parse(code: &str, place: &str) -> Self {
        let numbered = |prefix: &str| code.strip_prefix(prefix)?.parse().ok();
        let among = [
            numbered("retirer-engagement-").map(Self::TakeBack),
            numbered("retirer-").map(Self::Remove),
            numbered("monter-").map(Self::Raise),
            numbered("descendre-").map(Self::Lower),
        ];
        match code {
            "ajouter" => Self::Add,
            "engagement" => Self::Promise,
            "envoyer" => Self::Send,
            "inserer" => Self::Insert(place.strip_prefix("motifs-").and_then(|n| n.parse().ok())),
            _ => among.into_iter().flatten().next().unwrap_or(Self::Save),
        }
    }

    /// What the button does to the draft. The first `n_settled` grievances have been answered: they
    /// stay where they are.
    pub(super) fn apply(self, draft: &mut AnswerDraft, n_settled: usize) {
        let open = n_settled + 1..=draft.points.len();
        match self {
            Self::Add if draft.points.len() < MOST_POINTS => draft.points.push(Point::default()),
            Self::Remove(number) if open.contains(&number) => {
                draft.points.remove(number - 1);
            }
            Self::Raise(number) if n_settled + 1 < number && open.contains(&number) => {
                draft.points.swap(number - 2, number - 1);
            }
            Self::Lower(number) if number < draft.points.len() && open.contains(&number) => {
                draft.points.swap(number - 1, number);
            }
            Self::Promise if draft.commitments.len() < MOST_COMMITMENTS => {
                draft.commitments.push(Commitment::default());
            }
            Self::TakeBack(number) if (1..=draft.commitments.len()).contains(&number) => {
                draft.commitments.remove(number - 1);
            }
            Self::Add
            | Self::Remove(_)
            | Self::Raise(_)
            | Self::Lower(_)
            | Self::Promise
            | Self::TakeBack(_)
            | Self::Insert(_)
            | Self::Save
            | Self::Send => {}
        }
    }

    /// The place of the page to come back to; none for what leaves it.
    pub(super) fn place(self, draft: &AnswerDraft) -> String {
        match self {
            Self::Add => format!("#grief-{}", draft.points.len()),
            Self::Raise(number) => format!("#grief-{}", number.saturating_sub(1).max(1)),
            Self::Lower(number) => format!("#grief-{}", (number + 1).min(draft.points.len())),
            Self::Promise => format!("#engagement-{}", draft.commitments.len()),
            Self::TakeBack(_) => "#engagements".to_owned(),
            Self::Insert(Some(number)) => format!("#motifs-{number}"),
            Self::Insert(None) => "#introduction".to_owned(),
            Self::Save => "?fait=brouillon".to_owned(),
            Self::Remove(_) | Self::Send => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(grievances: &[&str]) -> AnswerDraft {
        let point = |text: &&str| Point {
            grievance: (*text).to_owned(),
            ..Point::default()
        };
        AnswerDraft {
            points: grievances.iter().map(point).collect(),
            ..AnswerDraft::default()
        }
    }

    fn after(code: &str, grievances: &[&str], n_settled: usize) -> Vec<String> {
        let mut draft = draft(grievances);
        Command::parse(code, "").apply(&mut draft, n_settled);
        draft
            .points
            .into_iter()
            .map(|point| point.grievance)
            .collect()
    }

    #[test]
    fn grievances_are_added_removed_and_moved() {
        assert_eq!(after("ajouter", &["a"], 0), ["a", ""]);
        assert_eq!(after("retirer-1", &["a", "b"], 0), ["b"]);
        assert_eq!(after("retirer-3", &["a", "b"], 0), ["a", "b"]);
        assert_eq!(after("monter-2", &["a", "b"], 0), ["b", "a"]);
        assert_eq!(after("monter-1", &["a", "b"], 0), ["a", "b"]);
        assert_eq!(after("descendre-1", &["a", "b"], 0), ["b", "a"]);
        assert_eq!(after("descendre-2", &["a", "b"], 0), ["a", "b"]);
        assert_eq!(after("autre", &["a", "b"], 0), ["a", "b"]);
    }

    #[test]
    fn a_grievance_that_was_answered_stays_in_its_place() {
        for code in ["retirer-1", "monter-2", "descendre-1"] {
            assert_eq!(after(code, &["a", "b", "c"], 1), ["a", "b", "c"], "{code}");
        }
        assert_eq!(after("monter-3", &["a", "b", "c"], 1), ["a", "c", "b"]);
        assert_eq!(after("retirer-3", &["a", "b", "c"], 1), ["a", "b"]);
    }

    #[test]
    fn commitments_come_and_go() {
        let mut draft = draft(&[]);
        Command::parse("engagement", "").apply(&mut draft, 0);
        assert_eq!(draft.commitments.len(), 1);
        assert_eq!(
            Command::parse("engagement", "").place(&draft),
            "#engagement-1"
        );
        Command::parse("retirer-engagement-1", "").apply(&mut draft, 0);
        assert!(draft.commitments.is_empty());
    }
}
