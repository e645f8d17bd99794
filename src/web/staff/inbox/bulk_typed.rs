//! What the form of several cases asks for.

use crate::case::CaseId;
use crate::case::inbox::MOST_CHOSEN;
use crate::case::label::{Label, LabelName};
use crate::staff::{Right, StaffId};
use crate::web::staff::inbox::bulk::{Act, parse_case};
use crate::web::staff::inbox::room::Room;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Assign,
    Label,
    Unlabel,
}

impl Deed {
    const ALL: [Self; 3] = [Self::Assign, Self::Label, Self::Unlabel];

    /// As the form sends it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Assign => "attribuer",
            Self::Label => "etiqueter",
            Self::Unlabel => "desetiqueter",
        }
    }
}

/// Why nothing can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BulkFault {
    /// No case was ticked, or none that exists.
    NoCase,
    /// More than [`MOST_CHOSEN`].
    TooMany,
    /// No act was chosen.
    NoAct,
    /// Nobody was chosen who can handle cases.
    NoHandler,
    /// No label was chosen, or its name cannot be one.
    NoLabel,
}

impl BulkFault {
    /// What to do about it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NoCase => "Cochez au moins un dossier dans la liste, puis recommencez.",
            Self::TooMany => "Cochez 50\u{a0}dossiers au plus, puis recommencez.",
            Self::NoAct => "Choisissez ce qu’il faut faire des dossiers cochés.",
            Self::NoHandler => "Choisissez à qui attribuer les dossiers.",
            Self::NoLabel => {
                "Choisissez une étiquette, ou donnez un nom de 40\u{a0}caractères au plus à une nouvelle."
            }
        }
    }
}

/// The fields of the form.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// The act.
    pub(super) deed: Option<Deed>,
    /// The cases, each at the version that was shown.
    pub(super) cases: Vec<(CaseId, i32)>,
    /// To whom.
    pub(super) handler: String,
    /// Which label.
    pub(super) label: String,
    /// The name of a new one.
    pub(super) new_label: String,
}

impl Asking {
    /// Reads them; a case named twice is one.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let mut asking = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "faire" => asking.deed = Deed::ALL.into_iter().find(|one| one.code() == value),
                "gestionnaire" => asking.handler.clone_from(value),
                "etiquette" => asking.label.clone_from(value),
                "nouvelle" => asking.new_label.clone_from(value),
                "dossier" => {
                    let case = parse_case(value);
                    let known = |id| asking.cases.iter().any(|(one, _)| *one == id);
                    if let Some((id, version)) = case.filter(|(id, _)| !known(*id)) {
                        asking.cases.push((id, version));
                    }
                }
                _ => {}
            }
        }
        asking
    }

    /// The cases.
    pub(super) fn ids(&self) -> Vec<CaseId> {
        self.cases.iter().map(|(id, _)| *id).collect()
    }

    /// The act, if it can be done.
    ///
    /// # Errors
    /// What is missing.
    pub(super) fn act(&self, room: &Room) -> Result<Act, BulkFault> {
        if self.cases.is_empty() {
            return Err(BulkFault::NoCase);
        }
        if self.cases.len() > MOST_CHOSEN {
            return Err(BulkFault::TooMany);
        }
        match self.deed.ok_or(BulkFault::NoAct)? {
            Deed::Assign => self.assign(room).ok_or(BulkFault::NoHandler),
            Deed::Label => self.put(room).ok_or(BulkFault::NoLabel),
            Deed::Unlabel => {
                let label = self.known_label(room).ok_or(BulkFault::NoLabel)?;
                Ok(Act::Unlabel(label))
            }
        }
    }

    fn assign(&self, room: &Room) -> Option<Act> {
        let id = StaffId(self.handler.parse().ok()?);
        let able = room.colleagues.who_may(Right::WorkCases);
        let handler = able.into_iter().find(|one| one.id == id)?;
        Some(Act::Assign(id, handler.display_name.clone()))
    }

    /// A new name stands before a choice; the name of a label that there is means that one, unless it is
    /// retired.
    fn put(&self, room: &Room) -> Option<Act> {
        if self.new_label.trim().is_empty() {
            let label = self.known_label(room).filter(|label| !label.is_retired)?;
            return Some(Act::Label(label));
        }
        let name = LabelName::parse(&self.new_label)?;
        let same = |label: &&Label| label.name.to_lowercase() == name.as_str().to_lowercase();
        match room.labels.iter().find(same) {
            Some(known) if known.is_retired => None,
            known => Some(known.cloned().map_or(Act::NewLabel(name), Act::Label)),
        }
    }

    fn known_label(&self, room: &Room) -> Option<Label> {
        let id: i64 = self.label.parse().ok()?;
        room.labels.iter().find(|label| label.id.0 == id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_named_twice_is_one_and_nonsense_is_none() {
        let pairs = ["12.3", "12.4", "13", "x", "", "1.x"]
            .map(|value| ("dossier".to_owned(), value.to_owned()));
        let asking = Asking::read(&pairs);
        assert_eq!(asking.cases, [(CaseId(12), 3), (CaseId(13), 0)]);
    }
}
