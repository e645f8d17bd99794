//! What the forms of a case are made of: the hidden fields they share, and their choices.

use crate::web::staff::cases::desk::Desk;
use crate::web::staff::cases::loaded::Loaded;
use crate::web::staff::current::Shell;
use crate::web::urls;

/// What every form on a case carries, and where it goes.
#[derive(Clone, Debug)]
pub(in crate::web::staff) struct CaseForms {
    /// Address of the case; an act is one word below it.
    pub(super) address: String,
    /// The reference people read.
    pub(super) reference: String,
    /// Who files.
    pub(super) person: String,
    /// Token against forged requests.
    pub(super) csrf: String,
    /// Version of the case shown.
    pub(super) version: i32,
    /// Last line of the journal shown.
    pub(super) last_line: i32,
}

impl CaseForms {
    /// For the case as it was read.
    pub(super) fn new(loaded: &Loaded, shell: &Shell) -> Self {
        let case = &loaded.dossier.case;
        let reference = case.reference();
        let name = case.person_name.clone();
        Self {
            address: urls::staff_case(&reference),
            reference: reference.to_string(),
            person: name.unwrap_or_else(|| "Identité effacée".to_owned()),
            csrf: shell.csrf.clone(),
            version: case.version,
            last_line: loaded.last_line(),
        }
    }

    /// The same for a form that comes back to be corrected: it is still decided on the case as its
    /// writer saw it, so that what a colleague did meanwhile is told before it is written over.
    pub(super) fn on_what_was_seen(mut self, desk: &Desk) -> Self {
        self.version = desk.seen.version;
        self.last_line = desk.last_line;
        self
    }
}

/// One line of a closed list.
#[derive(Clone, Debug)]
pub(in crate::web::staff) struct Choice {
    pub(super) value: String,
    pub(super) caption: String,
    pub(super) is_chosen: bool,
}
