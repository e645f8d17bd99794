//! The pages of an act on several cases: its list, what became of each, why nothing can be done.

use askama::Template;

use crate::case::ActError;
use crate::case::inbox::Line;
use crate::web::AppError;
use crate::web::staff::current::Shell;
use crate::web::staff::inbox::bulk::Act;
use crate::web::staff::inbox::bulk_typed::{Asking, BulkFault};
use crate::web::staff::inbox::room::Room;
use crate::web::staff::inbox::row::Row;

/// What became of one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Done now.
    Done,
    /// It was so already.
    Before,
    /// Refused.
    Not(&'static str),
}

impl Fate {
    /// Of an act.
    pub(super) fn of(done: Result<(), ActError>) -> Result<Self, AppError> {
        match done {
            Ok(()) => Ok(Self::Done),
            Err(ActError::Database(error)) => Err(error.into()),
            Err(ActError::Stale) => Ok(Self::Not("il a changé depuis que la liste a été montrée")),
            Err(_) => Ok(Self::Not("son état ne le permet pas")),
        }
    }
}

/// `templates/staff/bulk.html`.
#[derive(Template)]
#[template(path = "staff/bulk.html")]
pub(super) struct ConfirmPage {
    shell: Shell,
    what: String,
    /// What the form sends again.
    deed: &'static str,
    handler: String,
    label: String,
    new_label: String,
    rows: Vec<(Row, String)>,
}

impl ConfirmPage {
    /// For what is asked.
    pub(super) fn new(
        shell: Shell,
        asking: &Asking,
        act: &Act,
        (lines, room): (&[Line], &Room),
    ) -> Self {
        let row = |line: &Line| {
            let value = format!("{}.{}", line.case().0, line.version);
            (Row::new(line, room, room.seat.viewer.today), value)
        };
        Self {
            shell,
            what: what(act),
            deed: asking.deed.map_or("", |deed| deed.code()),
            handler: asking.handler.clone(),
            label: asking.label.clone(),
            new_label: asking.new_label.clone(),
            rows: lines.iter().map(row).collect(),
        }
    }
}

/// `templates/staff/bulk_done.html`.
#[derive(Template)]
#[template(path = "staff/bulk_done.html")]
pub(super) struct DonePage {
    shell: Shell,
    what: String,
    done: Vec<Row>,
    before: Vec<Row>,
    refused: Vec<(Row, &'static str)>,
}

impl DonePage {
    /// With what became of each case.
    pub(super) fn new(shell: Shell, act: &Act, fates: &[(Line, Fate)], room: &Room) -> Self {
        let mut page = Self {
            shell,
            what: what(act),
            done: Vec::new(),
            before: Vec::new(),
            refused: Vec::new(),
        };
        for (line, fate) in fates {
            let row = Row::new(line, room, room.seat.viewer.today);
            match fate {
                Fate::Done => page.done.push(row),
                Fate::Before => page.before.push(row),
                Fate::Not(why) => page.refused.push((row, why)),
            }
        }
        page
    }
}

/// `templates/staff/bulk_refused.html`.
#[derive(Template)]
#[template(path = "staff/bulk_refused.html")]
pub(super) struct RefusedPage {
    shell: Shell,
    message: &'static str,
}

impl RefusedPage {
    /// With what to do about it.
    pub(super) const fn new(shell: Shell, fault: BulkFault) -> Self {
        Self {
            shell,
            message: fault.words(),
        }
    }
}

/// « Attribuer à Claire Morvan ».
fn what(act: &Act) -> String {
    match act {
        Act::Assign(_, name) => format!("Attribuer à {name}"),
        Act::Label(label) => format!("Étiqueter «\u{202f}{}\u{202f}»", label.name),
        Act::NewLabel(name) => {
            format!(
                "Étiqueter «\u{202f}{}\u{202f}» (nouvelle étiquette)",
                name.as_str()
            )
        }
        Act::Unlabel(label) => format!("Retirer l’étiquette «\u{202f}{}\u{202f}»", label.name),
    }
}
