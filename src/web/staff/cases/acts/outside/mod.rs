//! The acts that speak to the outside: what each says, asks and does.

mod ask;
mod drop_answer;
mod holding_letter;
mod mediation;
mod mediation_end;
mod transfer;
mod withdrawal;

pub(super) use ask::{Ask, Remind, StopWaiting};
pub(super) use drop_answer::DropAnswer;
pub(super) use holding_letter::Hold;
pub(super) use mediation::{Refer, SendDocuments};
pub(super) use mediation_end::{FollowUp, NoteOpinion};
pub(super) use transfer::{Return, Transfer};
pub(super) use withdrawal::{TakeWithdrawal, UndoWithdrawal};

use chrono::NaiveDate;

use crate::calendar::{long_date, parse_typed_date};
use crate::case::filing::TextError;
use crate::case::outside::Way;
use crate::case::{Dossier, Nature};
use crate::web::form::FormErrors;
use crate::web::staff::cases::acts::field::text_message;
use crate::web::staff::cases::acts::{ActForm, Refused, Scene, Typed};

/// Says how the person is told, and that no date of theirs moves.
fn telling(form: ActForm, scene: &Scene<'_>) -> ActForm {
    let form = told(form, scene);
    match due_on(&scene.loaded.dossier) {
        Some(day) => form.effect(format!(
            "Aucune date ne change\u{202f}: la réponse reste due le {}.",
            long_date(day)
        )),
        None => form,
    }
}

/// Says how the person is told.
fn told(form: ActForm, scene: &Scene<'_>) -> ActForm {
    form.effect(match Way::to(&scene.loaded.dossier) {
        Way::Email => {
            "La personne est prévenue par courriel, et lit le texte sur la page de son dossier."
        }
        Way::Notice => {
            "Un courriel annonce le texte sans le contenir\u{202f}: la personne le lit sur la page de son dossier."
        }
        Way::Post => "La personne est prévenue par courrier\u{202f}: une lettre sera à poster.",
    })
}

/// The day the answer is due: the legal date, or the target after a disagreement; none for a request,
/// and once no answer is owed.
fn due_on(dossier: &Dossier) -> Option<NaiveDate> {
    let is_owed = dossier.case.nature == Nature::Complaint && dossier.case.status.is_open();
    let due_on = if dossier.is_reexamined() {
        dossier.case.target_on
    } else {
        dossier.dates.answer_due_on
    };
    due_on.filter(|_| is_owed)
}

/// A day as a field is filled with it.
fn typed_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// What is read from the form of an act: every field, then all that is to be corrected.
struct Reading<'a> {
    typed: &'a Typed,
    errors: FormErrors,
}

impl<'a> Reading<'a> {
    fn of(typed: &'a Typed) -> Self {
        Self {
            typed,
            errors: FormErrors::default(),
        }
    }

    /// A text; `what` is « le motif ».
    fn text<T>(
        &mut self,
        field: &'static str,
        what: &str,
        parse: impl FnOnce(&str) -> Result<T, TextError>,
    ) -> Option<T> {
        match parse(self.typed.of(field)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.errors.push(field, text_message(error, what));
                None
            }
        }
    }

    /// A day.
    fn day(&mut self, field: &'static str, message: &str) -> Option<NaiveDate> {
        let day = parse_typed_date(self.typed.of(field)).ok();
        if day.is_none() {
            self.errors.push(field, message);
        }
        day
    }

    /// A day that may be left out.
    fn optional_day(&mut self, field: &'static str, message: &str) -> Option<NaiveDate> {
        if self.typed.of(field).trim().is_empty() {
            return None;
        }
        self.day(field, message)
    }

    /// One of a closed list.
    fn choice<T>(
        &mut self,
        field: &'static str,
        message: &str,
        from_code: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let chosen = from_code(self.typed.of(field));
        if chosen.is_none() {
            self.errors.push(field, message);
        }
        chosen
    }

    /// What was read, when nothing is to be corrected.
    fn end<T>(self, read: Option<T>) -> Result<T, Refused> {
        match read {
            Some(read) if self.errors.is_empty() => Ok(read),
            _ => Err(Refused::Fields(self.errors)),
        }
    }
}
